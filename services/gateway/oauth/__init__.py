"""OAuth 2.0 for systems: tokens for themselves (RFC 6749) and for officers (RFC 8693), revoked by RFC 7009."""
