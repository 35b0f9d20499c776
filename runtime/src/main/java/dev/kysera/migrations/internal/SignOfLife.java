package dev.kysera.migrations.internal;

import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.internal.Attempt.Mode;
import java.util.UUID;

/**
 * A lock of the database that ends with the session. While a run holds it, others see that the
 * owner of an attempt lives, and from the moment its session is gone they see that it does not. It
 * keeps nobody from anything, and its name is random, so that one left behind is in nobody's way.
 */
final class SignOfLife {

  private final Session session;
  private final RunLog log;
  private String sign = "";
  private boolean refused;

  SignOfLife(Session session, RunLog log) {
    this.session = session;
    this.log = log;
  }

  /**
   * Gives the sign, unless it is given already.
   *
   * @return its name for the journal, empty if an attempt of that mode needs none or the database
   *     knows none
   */
  String of(Mode mode) {
    if (refused || !session.dialect().needsSignOfLife(mode)) {
      return "";
    }
    if (sign.isEmpty()) {
      String name = UUID.randomUUID().toString();
      if (session.dialect().beginSignOfLife(session.statements(), name)) {
        sign = name;
      } else {
        refused = true;
      }
      session.endRead();
    }
    return sign;
  }

  /**
   * Takes the sign back at the end of the run. If that fails, the session ends: as long as it
   * lives, it would give a sign for nobody.
   */
  void end() {
    if (sign.isEmpty() || session.isClosed()) {
      return;
    }
    try {
      if (!session.dialect().endSignOfLife(session.statements(), sign)) {
        log.warn(Lines.SIGN_OF_LIFE_LOST);
      }
      session.endRead();
    } catch (HistoryException e) {
      session.abort();
    }
  }
}
