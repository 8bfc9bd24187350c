"""How the endpoints stand in the OpenAPI document: their forms and answers are those of the RFCs."""

from collections.abc import Mapping
from typing import Any

from services.gateway.oauth.grants import ACCESS_TOKEN, CLIENT_CREDENTIALS, JWT, TOKEN_EXCHANGE

_TEXT = {"type": "string"}
_CLIENT = {
    "client_id": {"type": "string", "description": "Where no Basic authorization is given"},
    "client_secret": {"type": "string", "format": "password"},
}
_KIND = {"type": "string", "enum": [ACCESS_TOKEN, JWT]}
TOKEN_FORM: dict[str, Any] = {
    "type": "object",
    "required": ["grant_type"],
    "properties": {
        "grant_type": {"type": "string", "enum": [CLIENT_CREDENTIALS, TOKEN_EXCHANGE]},
        **_CLIENT,
        "scope": {"type": "string", "description": "Some of the scopes to be had, separated by blanks"},
        "subject_token": {"type": "string", "description": "Token exchange: the officer's access token"},
        "subject_token_type": _KIND,
        "actor_token": {"type": "string", "description": "Token exchange: the client's own access token, if at all"},
        "actor_token_type": _KIND,
        "requested_token_type": _KIND,
        "audience": {"type": "string", "enum": ["jingzhun"]},
    },
    "examples": [
        {"grant_type": CLIENT_CREDENTIALS, "client_id": "civil-affairs", "client_secret": "…", "scope": "cases:read"},
        {
            "grant_type": TOKEN_EXCHANGE,
            "client_id": "county-office",
            "client_secret": "…",
            "subject_token": "…",
            "subject_token_type": ACCESS_TOKEN,
            "scope": "cases:decide",
        },
    ],
}
REVOCATION_FORM: dict[str, Any] = {
    "type": "object",
    "required": ["token"],
    "properties": {"token": _TEXT, "token_type_hint": _TEXT, **_CLIENT},
    "examples": [{"token": "…", "client_id": "civil-affairs", "client_secret": "…"}],
}
_TOKEN: dict[str, Any] = {
    "type": "object",
    "required": ["access_token", "token_type", "expires_in", "scope"],
    "properties": {
        "access_token": _TEXT,
        "issued_token_type": {
            "type": "string",
            "description": "Token exchange: what was given",
            "enum": [ACCESS_TOKEN],
        },
        "token_type": {"type": "string", "const": "Bearer"},
        "expires_in": {"type": "integer", "description": "Seconds"},
        "scope": _TEXT,
    },
    "examples": [{"access_token": "…", "token_type": "Bearer", "expires_in": 43200, "scope": "cases:read"}],
}
_ERROR: dict[str, Any] = {
    "type": "object",
    "required": ["error"],
    "properties": {"error": _TEXT, "error_description": _TEXT},
    "examples": [{"error": "invalid_client", "error_description": "no such client, or not its secret"}],
}
_URL = {"type": "string", "format": "uri", "examples": ["https://county.example/oauth/token"]}
_WORDS = {"type": "array", "items": _TEXT}
_METADATA: dict[str, Any] = {
    "type": "object",
    "required": ["issuer", "token_endpoint", "response_types_supported"],
    "properties": {
        "issuer": _URL,
        "token_endpoint": _URL,
        "revocation_endpoint": _URL,
        "jwks_uri": _URL,
        "service_documentation": _URL,
        "grant_types_supported": _WORDS,
        "response_types_supported": _WORDS,
        "scopes_supported": _WORDS,
        "token_endpoint_auth_methods_supported": _WORDS,
        "revocation_endpoint_auth_methods_supported": _WORDS,
        "ui_locales_supported": _WORDS,
    },
}
_KEYS: dict[str, Any] = {
    "type": "object",
    "required": ["keys"],
    "properties": {
        "keys": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["kty", "crv", "use", "alg", "kid", "x"],
                "properties": {
                    "kty": {"type": "string", "const": "OKP"},
                    "crv": {"type": "string", "const": "Ed25519"},
                    "use": {"type": "string", "const": "sig"},
                    "alg": {"type": "string", "const": "EdDSA"},
                    "kid": _TEXT,
                    "x": _TEXT,
                },
            },
        }
    },
}


def _json(description: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


_REFUSALS: dict[int | str, dict[str, Any]] = {
    400: _json("不予受理 · Refused", _ERROR),
    401: _json("客户端未获确认 · Not a client, or not its secret", _ERROR),
    429: _json("失败过多 · Too many failures of late: wait as Retry-After says", _ERROR),
}
TOKEN_ANSWERS: dict[int | str, dict[str, Any]] = {200: _json("令牌 · The token", _TOKEN), **_REFUSALS}
REVOCATION_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"description": "已撤销 · Revoked"}, **_REFUSALS}
METADATA_ANSWERS: dict[int | str, dict[str, Any]] = {200: _json("元数据 · The metadata", _METADATA)}
KEYS_ANSWERS: dict[int | str, dict[str, Any]] = {200: _json("公钥 · The keys", _KEYS)}


def form_body(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": schema}}}}
