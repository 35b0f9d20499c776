package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementException;

/** What the tests of the page about DDL share. */
final class DdlPage {

  private DdlPage() {}

  interface Body {
    void up(Handle handle) throws Exception;
  }

  /** Runs it as a migration. */
  static void migrate(TestDatabase db, Body body) {
    db.runner(MigrationRegistry.builder().add("001_body", body::up).build()).up();
  }

  static void refused(TestDatabase db, String sql, String message) {
    assertThatThrownBy(() -> db.jdbi().useHandle(handle -> handle.execute(sql)))
        .isInstanceOf(StatementException.class)
        .hasStackTraceContaining(message);
  }
}
