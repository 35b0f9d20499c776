package dev.kysera.migrations.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.testing.junit5.JdbiExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MigrationInitializerTest {

  private static final MigrationRegistry REGISTRY =
      MigrationRegistry.builder()
          .add("001_teams", handle -> handle.execute("create table teams (id integer)"))
          .add("002_fill", handle -> handle.execute("insert into teams values (1)"))
          .build();

  @RegisterExtension
  JdbiExtension h2 = JdbiExtension.h2().withInitializer(MigrationInitializer.of(REGISTRY));

  @RegisterExtension
  JdbiExtension sqlite = JdbiExtension.sqlite().withInitializer(MigrationInitializer.of(REGISTRY));

  @Test
  void a_test_starts_with_all_migrations_executed() {
    for (JdbiExtension extension : new JdbiExtension[] {h2, sqlite}) {
      Jdbi jdbi = Jdbi.create(extension.getSharedHandle().getConnection());

      assertThat(
              extension
                  .getSharedHandle()
                  .createQuery("select id from teams")
                  .mapTo(int.class)
                  .list())
          .containsExactly(1);
      assertThat(MigrationRunner.create(jdbi, REGISTRY).executedMigrations())
          .containsExactly("001_teams", "002_fill");
    }
  }

  @Test
  void a_second_test_starts_anew() {
    a_test_starts_with_all_migrations_executed();
  }
}
