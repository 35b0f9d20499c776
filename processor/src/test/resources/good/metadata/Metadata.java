package app.db;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

final class Metadata {
  private Metadata() {}

  @Migration(
      value = "20260131_all",
      description = "Everything",
      breaking = true,
      estimatedMillis = 3_000_000_000L,
      transactional = false,
      rerunnable = true)
  static final class All implements JdbiMigration {
    @Override
    public void up(Handle handle) {}
  }

  @Migration(
      value = "001_defaults_written_out",
      description = "",
      breaking = false,
      estimatedMillis = 0,
      transactional = true,
      rerunnable = false)
  record Defaults() implements JdbiMigration {
    @Override
    public void up(Handle handle) {}

    @Override
    public void down(Handle handle) {}
  }

  @Deprecated
  @Migration(value = "002_short", estimatedMillis = 1500)
  static final class Short implements JdbiMigration {
    @Override
    public void up(Handle handle) {}
  }
}
