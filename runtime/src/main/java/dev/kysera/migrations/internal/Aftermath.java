package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * What became of a migration whose session is gone: the tables decide, asked on a new session, once
 * the handle of the run is closed.
 */
final class Aftermath {

  private final Jdbi jdbi;
  private final RunContext context;

  Aftermath(Jdbi jdbi, RunContext context) {
    this.jdbi = jdbi;
    this.context = context;
  }

  MigrationException settle(SessionLostException lost) {
    try {
      return jdbi.withHandle(
          handle -> {
            Session session = Session.on(handle);
            SessionSettings settings = SessionSettings.lend(session, context);
            try {
              return settle(lost, session);
            } finally {
              settings.giveBack();
            }
          });
    } catch (RuntimeException e) {
      MigrationException unknown = lost.toFailure(Certainty.UNRECORDED, Optional.empty());
      unknown.addSuppressed(e);
      return unknown;
    }
  }

  private MigrationException settle(SessionLostException lost, Session session) {
    HistoryReader reader = new HistoryReader(session, context.registry(), context.options());
    reader.resolveSchema(read(reader).presence());
    Journal journal = new Journal(session, reader.tables());
    Certainty certainty = lost.failure().settle(session, journal, context, true);
    Set<String> executed = new HashSet<>();
    read(reader).rows().forEach(row -> executed.add(row.name()));
    return lost.toFailure(certainty, Optional.of(executed));
  }

  private Snapshot read(HistoryReader reader) {
    return context.waiting(wait -> reader.read(Planning.WAITER, wait));
  }
}
