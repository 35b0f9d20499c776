package dev.kysera.migrations.processor.fingerprint;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;

/**
 * The number of a piece of source. This is algorithm 1, and stays what it is: databases and {@code
 * migrations.sum} files hold its results. Another one would be emitted beside it.
 *
 * <p>It is the SHA-256 (FIPS 180-4) of the tokens in canonical form and of the constants they name.
 * Each text is led by its kind and its length, so that two different lists never run together.
 */
final class Fingerprint {

  private static final String ALGORITHM = "1:";

  private final MessageDigest sha256;

  Fingerprint() {
    this.sha256 = sha256();
  }

  String of(List<Token> canonical, SortedMap<String, String> constants) {
    StringBuilder message = new StringBuilder();
    for (Token token : canonical) {
      add(token.kind().letter(), token.text(), message);
    }
    constants.forEach(
        (reference, value) -> {
          add('R', reference, message);
          add('V', value, message);
        });
    return ALGORITHM + HexFormat.of().formatHex(digest(message));
  }

  private static void add(char kind, String text, StringBuilder message) {
    message.append(kind).append(text.length()).append(':').append(text);
  }

  /**
   * Half a character beyond 16 bits may stand in a literal, and UTF-8 has no place for it: so each
   * unit of 16 bits is encoded by itself.
   */
  private byte[] digest(CharSequence message) {
    byte[] bytes = new byte[message.length() * 3];
    int size = 0;
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      if (c < 0x80) {
        bytes[size++] = (byte) c;
      } else {
        bytes[size++] = (byte) (0xE0 | (c >> 12));
        bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        bytes[size++] = (byte) (0x80 | (c & 0x3F));
      }
    }
    sha256.update(bytes, 0, size);
    return sha256.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256.", e);
    }
  }
}
