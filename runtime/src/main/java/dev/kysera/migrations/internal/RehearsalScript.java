package dev.kysera.migrations.internal;

import dev.kysera.migrations.annotation.internal.Printable;
import dev.kysera.migrations.internal.ScriptedBookkeeping.Bound;
import dev.kysera.migrations.internal.recording.Recorded;
import dev.kysera.migrations.internal.recording.Sent;
import dev.kysera.migrations.internal.sql.BoundSql;
import dev.kysera.migrations.internal.sql.SqlStatement;
import dev.kysera.migrations.internal.sql.SqlStatements;
import dev.kysera.migrations.internal.sql.SqlSyntax;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rehearsal as an SQL file. Migrations that may share a transaction do, as they have shared that
 * of the rehearsal; one that runs outside of one stands between two.
 */
final class RehearsalScript {

  private final ScriptFrame frame;
  private final SqlSyntax syntax;
  private final List<String> lines = new ArrayList<>();
  private boolean inTransaction;

  RehearsalScript(ScriptFrame frame, SqlSyntax syntax) {
    this.frame = frame;
    this.syntax = syntax;
  }

  /** A line for people. */
  RehearsalScript comment(String text) {
    lines.add("-- " + Printable.of(text));
    return this;
  }

  /** Lines that the client of the database reads. */
  RehearsalScript head() {
    lines.addAll(frame.head());
    return this;
  }

  /** Bookkeeping, in a transaction where there are some. */
  RehearsalScript bookkeeping(String title, List<Bound> statements) {
    if (statements.isEmpty()) {
      return this;
    }
    begin();
    heading(title);
    statements.forEach(
        statement -> add(BoundSql.inline(statement.sql(), statement.arguments(), syntax)));
    return this;
  }

  /**
   * A migration: its statements, what makes up for settings that it has left, and its rows.
   *
   * @param transactional whether it may run in a transaction
   */
  RehearsalScript migration(
      String name,
      boolean transactional,
      List<Recorded> statements,
      List<Bound> settings,
      List<Bound> rows) {
    if (transactional) {
      begin();
    } else {
      commit();
    }
    heading(name);
    statements.forEach(statement -> add(statement.sent()));
    settings.forEach(setting -> add(BoundSql.inline(setting.sql(), setting.arguments(), syntax)));
    begin();
    rows.forEach(row -> add(BoundSql.inline(row.sql(), row.arguments(), syntax)));
    return this;
  }

  private void heading(String title) {
    lines.add("");
    comment(title);
  }

  private void begin() {
    if (!inTransaction && !frame.begin().isEmpty()) {
      lines.add("");
      lines.addAll(frame.begin());
    }
    inTransaction = true;
  }

  private void commit() {
    if (inTransaction && !frame.commit().isEmpty()) {
      lines.add("");
      lines.addAll(frame.commit());
    }
    inTransaction = false;
  }

  private void add(Sent sent) {
    if (sent.failure().isPresent()) {
      comment("Failed when it was rehearsed, and the migration went on without it:");
      sent.sql().lines().forEach(this::comment);
      return;
    }
    if (!sent.rendered().isEmpty()) {
      sent.rendered().forEach(this::add);
    } else if (sent.parameters().isEmpty()) {
      add(sent.prepared() ? BoundSql.inline(sent.sql(), List.of(), syntax) : sent.sql());
    } else {
      for (List<@Nullable Object> values : sent.parameters()) {
        add(BoundSql.inline(sent.sql(), values, syntax));
      }
    }
  }

  /** A comment at the end of a line would hide what ends the statement. */
  private void add(String sql) {
    for (SqlStatement statement : SqlStatements.split(sql, syntax)) {
      lines.add(statement.text() + (statement.endsInLineComment() ? "\n;" : ";"));
    }
  }

  /** The whole file. */
  String text() {
    commit();
    return String.join("\n", lines) + "\n";
  }
}
