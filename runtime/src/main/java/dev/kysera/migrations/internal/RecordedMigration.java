package dev.kysera.migrations.internal;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.internal.recording.Recorder;
import dev.kysera.migrations.internal.recording.StatementWatch;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** A migration whose statements are recorded when it goes up, and only its own. */
final class RecordedMigration implements JdbiMigration {

  private final String name;
  private final JdbiMigration migration;
  private final Recorder recorder;
  private final Supplier<StatementWatch> watch;

  RecordedMigration(
      String name, JdbiMigration migration, Recorder recorder, Supplier<StatementWatch> watch) {
    this.name = name;
    this.migration = migration;
    this.recorder = recorder;
    this.watch = watch;
  }

  /** The migration that its author has written. */
  static JdbiMigration original(JdbiMigration migration) {
    return migration instanceof RecordedMigration recorded ? recorded.migration : migration;
  }

  @Override
  public void up(Handle handle) throws Exception {
    recorder.forget(name);
    recorder.begin(name, watch.get());
    try {
      migration.up(handle);
    } finally {
      recorder.end();
    }
  }
}
