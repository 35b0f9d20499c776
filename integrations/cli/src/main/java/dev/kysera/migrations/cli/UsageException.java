package dev.kysera.migrations.cli;

/** The call cannot work as it was made. The message says how it can. */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
