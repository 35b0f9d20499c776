package dev.kysera.migrations.examples.builder;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationRegistry;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/** A registry made by hand, without annotations and without the processor. */
final class UserMigrations {

  private UserMigrations() {}

  static MigrationRegistry registry() {
    return MigrationRegistry.builder()
        .add(
            "001_create_users",
            handle ->
                handle.execute(
                    """
                    create table users (
                      id integer primary key,
                      email varchar(255) not null,
                      nickname varchar(50)
                    )"""),
            handle -> handle.execute("drop table users"))
        // Without a second lambda there is no way back: `down` warns and passes it over.
        .add("002_lower_emails", handle -> handle.execute("update users set email = lower(email)"))
        .add(
            MigrationDefinition.of("010_remove_deprecated_columns")
                .withDescription("Remove deprecated user columns")
                .asBreaking()
                .withEstimated(Duration.ofMillis(500)),
            new RemoveDeprecatedColumns())
        .build();
  }

  private static final class RemoveDeprecatedColumns implements JdbiMigration {

    @Override
    public void up(Handle handle) {
      handle.execute("alter table users drop column nickname");
    }

    @Override
    public void down(Handle handle) {
      // The column comes back empty: what was in it is lost.
      handle.execute("alter table users add nickname varchar(50)");
    }
  }
}
