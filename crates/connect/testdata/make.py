"""Makes the keys and certificates of the tests anew; needs the Python package `cryptography`.

They protect nothing: whoever reads the repository has them.
"""

import datetime
import hashlib
import pathlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization as ser
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

HERE = pathlib.Path(__file__).parent
UTC = datetime.timezone.utc


def put(name, data):
    (HERE / name).write_bytes(data)


def pem(key, form=ser.PrivateFormat.PKCS8):
    return key.private_bytes(ser.Encoding.PEM, form, ser.NoEncryption())


def public(key):
    return key.public_key().public_bytes(ser.Encoding.PEM, ser.PublicFormat.SubjectPublicKeyInfo)


def name(cn):
    parts = [(NameOID.COUNTRY_NAME, "CN"), (NameOID.ORGANIZATION_NAME, "Example, Inc."),
             (NameOID.ORGANIZATIONAL_UNIT_NAME, "Tests"), (NameOID.COMMON_NAME, cn)]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def certificate(key, cn, serial, issuer, issuer_key, years=(2020, 2099)):
    begin, end = (datetime.datetime(year, 1, 1, tzinfo=UTC) for year in years)
    built = x509.CertificateBuilder().subject_name(name(cn)).issuer_name(name(issuer))
    built = built.public_key(key.public_key()).serial_number(serial)
    built = built.not_valid_before(begin).not_valid_after(end)
    return built.sign(issuer_key, hashes.SHA256())


def text(cert):
    return cert.public_bytes(ser.Encoding.PEM)


def sn(cert):
    names = {"countryName": "C", "organizationName": "O", "organizationalUnitName": "OU", "commonName": "CN"}
    parts = [f"{names[a.oid._name]}={a.value}" for a in reversed(list(cert.issuer))]
    return hashlib.md5((",".join(parts) + str(cert.serial_number)).encode()).hexdigest()


merchant, channel, following, root = (rsa.generate_private_key(65537, 2048) for _ in range(4))
curve = ec.generate_private_key(ec.SECP256R1())
put("merchant.pem", pem(merchant))
put("merchant_pkcs1.pem", pem(merchant, ser.PrivateFormat.TraditionalOpenSSL))
put("channel.pem", pem(channel))
put("channel_public.pem", public(channel))
put("next.pem", pem(following))
put("next_public.pem", public(following))
put("short.pem", pem(rsa.generate_private_key(65537, 1024)))
put("curve.pem", pem(curve))

rsa_root = certificate(root, "Root RSA", 0x0123456789ABCDEF0123456789ABCDEF, "Root RSA", root)
curve_root = certificate(curve, "Root Curve", 77, "Root Curve", curve)
second_root = certificate(root, "Root RSA 2", 255, "Root RSA 2", root)
made = {
    "channel.crt": certificate(channel, "Channel", 0x5157F09EFDC096DE15EBE81A47057A7232F1B8E1, "Root RSA", root),
    "next.crt": certificate(following, "Channel", 0x6157F09EFDC096DE15EBE81A47057A7232F1B8E2, "Root RSA", root),
    "expired.crt": certificate(channel, "Channel", 0x11, "Root RSA", root, (2020, 2021)),
    "future.crt": certificate(channel, "Channel", 0x12, "Root RSA", root, (2090, 2099)),
    "merchant.crt": certificate(merchant, "Application", 0x00D1CE0000000000000001, "Root RSA", root),
}
for file, cert in made.items():
    put(file, text(cert))
put("root.crt", text(rsa_root) + b"\n" + text(curve_root) + b"\n" + text(second_root))
numbers = {file: sn(cert) for file, cert in made.items()} | {"root.crt": f"{sn(rsa_root)}_{sn(second_root)}"}
put("alipay_sn.txt", "".join(f"{file} {number}\n" for file, number in numbers.items()).encode())
