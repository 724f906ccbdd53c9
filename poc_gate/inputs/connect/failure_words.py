"""A driver's failure -> words with a named state and the next step, where the failure is of a known kind."""

from __future__ import annotations

import re

from poc_gate.inputs.connect.interface import SourceError, Target

_KNOWN = (
    (
        "certificate-expired",
        re.compile(r"certificate (?:has )?expired|certificate is not yet valid|InvalidCertificate\(\s*(?:Expired|NotValidYet)", re.IGNORECASE),
        "the server's certificate is out of date",
        "have it renewed, or check this machine's clock",
    ),
    (
        "certificate-wrong-name",
        re.compile(
            r"hostname mismatch|does(?:n't| not) match (?:host ?name|.{0,80}host ?name)|not valid for (?:name|'|\")"
            r"|NotValidForName|certificate is not valid for|IP address mismatch",
            re.IGNORECASE,
        ),
        "the server's certificate is for another name",
        "write in `url` the name that the certificate carries",
    ),
    (
        "certificate-untrusted",
        re.compile(
            r"unable to get (?:local )?issuer|self[- ]signed certificate"
            r"|UnknownIssuer|unknown ca\b|unknown certificate authority|CaUsedAsEndEntity",
            re.IGNORECASE,
        ),
        "the server's certificate is not signed by anyone this machine trusts",
        "{trust}",
    ),
    (
        "certificate-refused",
        re.compile(r"certificate[ _]verify[ _]failed|InvalidCertificate\(", re.IGNORECASE),
        "the server's certificate is untrusted, out of date or for another name; the driver does not say which",
        "openssl s_client -connect shows it; {trust}",
    ),
    (
        "certificate-file-unusable",
        re.compile(
            r"file of trusted certificates|root certificate file .{0,200}(?:does not exist|could not)|could not read root certificate"
            r"|no certificate or crl found|no certificates found in|ssl\.ca\.location failed",
            re.IGNORECASE,
        ),
        "the file of trusted certificates cannot be used",
        "[[tls]] ca in poc-gate.sources.toml must name a PEM file with the CA's certificate",
    ),
    (
        "tls-not-spoken",
        re.compile(
            r"wrong[ _]version[ _]number|record layer failure|server does not support ssl|doesn't support (?:ssl|it)"
            r"|InvalidContentType|packet length too long|unexpected message: got|unexpected eof while reading",
            re.IGNORECASE,
        ),
        "the server does not speak TLS on this port",
        "check the port, or the address's scheme",
    ),
    (
        "host-unknown",
        re.compile(
            r"name or service not known|could not translate host name|getaddrinfo failed|failure in name resolution"
            r"|no address associated|nodename nor servname|failed to lookup address|failed to resolve",
            re.IGNORECASE,
        ),
        "the host name cannot be resolved here",
        "check the address in `url`, and the network of this machine",
    ),
    (
        "nothing-listens",
        re.compile(r"connection refused|ECONNREFUSED|errno 111\b|os error 111\b|tcp connect error", re.IGNORECASE),
        "nothing listens on that port",
        "start the server, or correct host and port in `url`",
    ),
    (
        "login-refused",
        re.compile(
            r"password authentication failed|no password supplied|access denied for user|WRONGPASS|NOAUTH|already authenticated"
            r"|invalid username-password|authentication required|sasl authentication (?:error|failed)|status 40[13]\b"
            r"|403 forbidden|401 unauthorized|InvalidAccessKeyId",
            re.IGNORECASE,
        ),
        "the server refuses this login",
        "check the secret that `credential` names, and the `user` bound to it in poc-gate.sources.toml",
    ),
    (
        "no-answer",
        re.compile(
            r"timed out|timeout expired|timeout (?:reading|connecting)|statement timeout|max_statement_time exceeded"
            r"|broker transport failure|_TIMED_OUT",
            re.IGNORECASE,
        ),
        "the server did not answer in time",
        "see whether it is healthy; a longer `timeout` belongs in [budget] of poc-gate.sources.toml",
    ),
)  # fmt: skip
_TRUST = '[[tls]] hosts = ["{host}"] ca = "/path/of/the/ca.pem" in poc-gate.sources.toml names whom to trust'


def tls_state(text: str) -> str:
    """Return the named state of a TLS failure in a driver's words, or an empty text."""
    found = next((name for name, pattern, _, _ in _KNOWN if pattern.search(text)), "")
    return found if found.startswith(("certificate-", "tls-")) else ""


def failure_words(error: Exception | str, target: Target) -> str:
    """Return a failure in words; a known kind begins with its name and ends with the next step.

    The driver's own words stay in the middle, to be scrubbed before they are shown.
    """
    if isinstance(error, str):
        text = error
    elif isinstance(error, SourceError):
        text = str(error) or "no details"
    else:
        text = f"{type(error).__name__}: {str(error) or 'no details'}"
    for name, pattern, what, step in _KNOWN:
        if pattern.search(text):
            trust = _TRUST.format(host=target.host or "HOST")
            return f"{name}: {what} -> {step.format(trust=trust)} ({_short(text)})"
    return _short(text)


def _short(text: str) -> str:
    """Return a text without the debugging dump that obstore puts behind it."""
    return text.partition(" Debug source:")[0].partition("\n\nDebug source:")[0].strip()
