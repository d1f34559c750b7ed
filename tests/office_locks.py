"""Workbooks locked with a password in each way of Office that no library here writes ([MS-OFFCRYPTO], [MS-XLS] 2.2.10):
as .xlsx by Excel 2007, as .xls by Excel 97 (RC4), 2002 (RC4 by the CryptoAPI) and in the way of Excel 95 (XOR)."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterator

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from excel_binary import compound_file_of
from msoffcrypto.method.xor_obfuscation import DocumentXOR

SALT, VERIFIER = bytes(range(16)), bytes(range(16, 32))
_BEGIN, _SHEET = 0x0809, 0x0085
_BLOCK = 1024


def locked_as_2007(password: str, package: bytes) -> bytes:
    """A package .xlsx under the standard encryption of Excel 2007 (2.3.4.5 to 2.3.4.9)."""
    hashed = hashlib.sha1(SALT + password.encode("utf-16-le")).digest()
    for number in range(50_000):
        hashed = hashlib.sha1(struct.pack("<I", number) + hashed).digest()
    hashed = hashlib.sha1(hashed + bytes(4)).digest()
    key = hashlib.sha1(bytes(byte ^ 0x36 for byte in hashed.ljust(64, b"\0"))).digest()[:16]

    def encrypted(plain: bytes) -> bytes:
        encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
        return encryptor.update(plain + bytes(-len(plain) % 16)) + encryptor.finalize()

    provider = "Microsoft Enhanced RSA and AES Cryptographic Provider\0".encode("utf-16-le")
    header = struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0) + provider
    verifier = struct.pack("<I", 16) + SALT + encrypted(VERIFIER)
    verifier += struct.pack("<I", 20) + encrypted(hashlib.sha1(VERIFIER).digest())
    information = struct.pack("<HHII", 4, 2, 0x24, len(header)) + header + verifier
    content = struct.pack("<Q", len(package)) + encrypted(package)
    return compound_file_of({"EncryptionInfo": information, "EncryptedPackage": content})


def locked_as_97(password: str, stream: bytes) -> bytes:
    """The records of an .xls under RC4 (2.3.6)."""
    short = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    hashed = hashlib.md5((short + SALT) * 16).digest()[:5]

    def key(block: int) -> bytes:
        return hashlib.md5(hashed + struct.pack("<I", block)).digest()

    both = _rc4(key(0), VERIFIER + hashlib.md5(VERIFIER).digest())
    return _locked(stream, struct.pack("<HHH", 1, 1, 1) + SALT + both, _by_blocks(key))


def locked_as_2002(password: str, stream: bytes) -> bytes:
    """The records of an .xls under RC4 by the CryptoAPI, with a key of 128 bits (2.3.5)."""
    hashed = hashlib.sha1(SALT + password.encode("utf-16-le")).digest()

    def key(block: int) -> bytes:
        return hashlib.sha1(hashed + struct.pack("<I", block)).digest()[:16]

    provider = "Microsoft Enhanced Cryptographic Provider v1.0\0".encode("utf-16-le")
    header = struct.pack("<8I", 4, 0, 0x6801, 0x8004, 128, 1, 0, 0) + provider
    both = _rc4(key(0), VERIFIER + hashlib.sha1(VERIFIER).digest())
    verifier = struct.pack("<I", 16) + SALT + both[:16] + struct.pack("<I", 20) + both[16:]
    file_pass = struct.pack("<HHHII", 1, 2, 2, 4, len(header)) + header + verifier
    return _locked(stream, file_pass, _by_blocks(key))


def locked_as_95(password: str, stream: bytes) -> bytes:
    """The records of an .xls under XOR obfuscation (2.3.7), as Excel 97 writes them."""
    array = DocumentXOR.create_xor_array_method1(password)
    number = DocumentXOR.create_xor_key_method1(password)
    verifier = next(n for n in range(0x10000) if DocumentXOR.verifypw(password, n))

    def obfuscated(body: bytes, at: int, start: int) -> bytes:
        turned = (byte << 5 & 0xFF | byte >> 3 for byte in body)
        first = at + len(body) + at - start
        return bytes(byte ^ array[(first + place) % 16] for place, byte in enumerate(turned))

    return _locked(stream, struct.pack("<HHH", 0, number, verifier), obfuscated)


Encrypt = Callable[[bytes, int, int], bytes]
"""What encrypts bytes that begin at a place in the stream, of a record whose own begin at another."""


def _locked(stream: bytes, file_pass: bytes, encrypt: Encrypt) -> bytes:
    """A workbook whose records are encrypted, but for their types and sizes, where they begin, and where sheets do."""
    added = 4 + len(file_pass)
    made = bytearray()
    for kind, body in _records(stream):
        start = len(made) + 4
        plain = len(body) if kind == _BEGIN else 0
        if kind == _SHEET:
            body, plain = struct.pack("<I", struct.unpack_from("<I", body)[0] + added) + body[4:], 4
        hidden = encrypt(body[plain:], start + plain, start)
        made += struct.pack("<HH", kind, len(body)) + body[:plain] + hidden
        if start == 4:
            made += struct.pack("<HH", 0x2F, len(file_pass)) + file_pass
    return compound_file_of({"Workbook": bytes(made)})


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _by_blocks(key: Callable[[int], bytes]) -> Encrypt:
    """RC4 with another key for each 1,024 bytes of the stream, which passes over what is not encrypted."""

    def encrypt(body: bytes, at: int, start: int) -> bytes:
        blocks = range(at // _BLOCK, (at + len(body)) // _BLOCK + 1)
        flow = b"".join(_rc4(key(block), bytes(_BLOCK)) for block in blocks)[at % _BLOCK :]
        return bytes(a ^ b for a, b in zip(body, flow, strict=False))

    return encrypt


def _rc4(key: bytes, content: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    made, i, j = bytearray(), 0, 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        made.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(made)
