package dev.kysera.migrations.cli;

import java.util.LinkedHashSet;
import java.util.Set;

/** Takes passwords out of what drivers and others say of a connection. */
final class Redaction {

  /** Shorter ones would be found in the middle of words. */
  private static final int SHORTEST_SECRET = 4;

  private final Set<String> secrets = new LinkedHashSet<>();

  /** Hides a password wherever it appears from now on. */
  void hide(String secret) {
    if (secret.length() >= SHORTEST_SECRET) {
      secrets.add(secret);
    }
  }

  String of(String text) {
    String hidden = DatabaseUrl.withoutPasswords(text);
    for (String secret : secrets) {
      hidden = hidden.replace(secret, "***");
    }
    return hidden;
  }
}
