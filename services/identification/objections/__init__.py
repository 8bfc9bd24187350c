"""Objections: anyone's, anonymous too, each holding its own case until it is verified."""
