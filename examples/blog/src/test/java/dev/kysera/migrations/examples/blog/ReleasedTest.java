package dev.kysera.migrations.examples.blog;

import dev.kysera.migrations.junit.MigrationTests;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the compiler compares with is what it makes of the migrations: it needs no database. */
class ReleasedTest {

  @Test
  void released_migrations_are_listed() {
    MigrationTests.sumFileIsCurrent(Migrations.registry(), Path.of("migrations.sum"));
  }
}
