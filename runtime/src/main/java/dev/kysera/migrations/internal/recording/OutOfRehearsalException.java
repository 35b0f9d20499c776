package dev.kysera.migrations.internal.recording;

import java.sql.SQLException;

/** A migration was about to do what a rehearsal could not take back, and has not done it. */
final class OutOfRehearsalException extends SQLException {

  private static final long serialVersionUID = 1L;

  OutOfRehearsalException(String what) {
    super("a rehearsal cannot take back that it " + what);
  }
}
