package dev.outflow.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Converts older DER encodings (X.690) of private keys to PKCS#8 (RFC 5208). */
final class Pkcs8 {
  private static final byte[] VERSION = {2, 1, 0};
  private static final byte[] RSA = {
    0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
  };
  private static final byte[] EC = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 4;
  private static final int CURVE = 0xa0;
  private static final int SHORT_LENGTH = 0x80;

  private Pkcs8() {}

  /** Converts an {@code RSA PRIVATE KEY} (PKCS#1, RFC 8017). */
  static byte[] fromPkcs1(byte[] pkcs1) {
    return element(SEQUENCE, VERSION, RSA, element(OCTET_STRING, pkcs1));
  }

  /**
   * Converts an {@code EC PRIVATE KEY} (SEC 1, RFC 5915).
   *
   * @throws IllegalArgumentException if the key does not name its curve
   */
  static byte[] fromSec1(byte[] sec1) {
    byte[] algorithm = element(SEQUENCE, EC, curve(sec1));
    return element(SEQUENCE, VERSION, algorithm, element(OCTET_STRING, sec1));
  }

  private static byte[] curve(byte[] sec1) {
    ByteBuffer key = ByteBuffer.wrap(sec1);
    key.get();
    length(key);
    while (key.hasRemaining()) {
      int tag = key.get() & 0xff;
      byte[] content = new byte[length(key)];
      key.get(content);
      if (tag == CURVE) {
        return content;
      }
    }
    throw new IllegalArgumentException("the EC key does not name its curve");
  }

  /** Reads the length of an element. */
  static int length(ByteBuffer from) {
    int first = from.get() & 0xff;
    if (first < SHORT_LENGTH) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7f); i++) {
      length = (length << 8) | (from.get() & 0xff);
    }
    return length;
  }

  private static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    int size = content.size();
    if (size < SHORT_LENGTH) {
      element.write(size);
    } else if (size <= 0xff) {
      element.write(SHORT_LENGTH | 1);
      element.write(size);
    } else {
      element.write(SHORT_LENGTH | 2);
      element.write(size >> 8);
      element.write(size);
    }
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }
}
