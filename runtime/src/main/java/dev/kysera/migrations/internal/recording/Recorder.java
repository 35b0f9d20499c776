package dev.kysera.migrations.internal.recording;

import dev.kysera.migrations.RehearsedStatement.TableLock;
import dev.kysera.migrations.internal.sql.SqlStatement;
import dev.kysera.migrations.internal.sql.SqlStatements;
import dev.kysera.migrations.internal.sql.SqlSyntax;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the handles of one thread and their connections. While a migration runs, it writes
 * down each statement; around migrations it lets everything pass.
 *
 * <p>A guarding one also stops what would end the transaction of a rehearsal, or escape it: the
 * migration gets an exception in its place, and so does everything that it tries afterwards.
 */
public final class Recorder {

  private static final ThreadLocal<Recorder> ACTIVE = new ThreadLocal<>();

  /** First words of statements that begin or end transactions. */
  private static final Set<String> TRANSACTIONS =
      Set.of("COMMIT", "END", "ROLLBACK", "ABORT", "BEGIN", "START");

  private final boolean guarding;
  private final List<Recorded> statements = new ArrayList<>();
  private final Set<String> remarks = new LinkedHashSet<>();
  private Optional<String> migration = Optional.empty();
  private StatementWatch watch = StatementWatch.NONE;
  private Optional<String> refused = Optional.empty();
  private SqlSyntax syntax = SqlSyntax.STANDARD;
  private boolean connected;
  private boolean looking;

  private Recorder(boolean guarding) {
    this.guarding = guarding;
  }

  /** One for a transaction that will be rolled back. */
  public static Recorder guarding() {
    return new Recorder(true);
  }

  /** One for a database in which everything may stay. */
  public static Recorder writing() {
    return new Recorder(false);
  }

  static @Nullable Recorder ofThisThread() {
    return ACTIVE.get();
  }

  /**
   * Does some work on a handle whose connection is watched, and so are the handles that it opens on
   * this thread.
   *
   * @param jdbi opens the handle, unless this thread has one of it open
   * @param work what to do
   */
  public <T, X extends Exception> T withHandle(Jdbi jdbi, HandleCallback<T, X> work) throws X {
    jdbi.installPlugin(new RecordingPlugin());
    Recorder outer = ACTIVE.get();
    ACTIVE.set(this);
    try {
      return jdbi.withHandle(work);
    } finally {
      if (outer == null) {
        ACTIVE.remove();
      } else {
        ACTIVE.set(outer);
      }
    }
  }

  /** Whether it stands between a handle and its connection. */
  public synchronized boolean isConnected() {
    return connected;
  }

  synchronized Connection opened(Connection connection) throws SQLException {
    if (guarding && connected) {
      try (connection) {
        throw refuse("opens a second connection");
      }
    }
    connected = true;
    syntax = SqlSyntax.of(connection.getMetaData().getDatabaseProductName());
    return WatchedConnection.around(connection, this);
  }

  // --- the migrations, one after the other

  /**
   * A migration begins.
   *
   * @param name its name
   * @param watching looks at the database after each of its statements
   */
  public synchronized void begin(String name, StatementWatch watching) {
    migration = Optional.of(name);
    watch = watching;
    refused = Optional.empty();
  }

  /** The migration has ended, one way or the other. */
  public synchronized void end() {
    migration = Optional.empty();
    watch = StatementWatch.NONE;
  }

  /** Forgets what the migration of that name has sent, because it is run again. */
  public synchronized void forget(String name) {
    statements.removeIf(statement -> statement.migration().equals(name));
  }

  /** What the migration was kept from doing, as "it" is told of; empty if nothing. */
  public synchronized Optional<String> refused() {
    return refused;
  }

  /** The statements so far, in order. */
  public synchronized List<Recorded> statements() {
    return List.copyOf(statements);
  }

  /** What went past the recorder, one line each. */
  public synchronized List<String> remarks() {
    return List.copyOf(remarks);
  }

  // --- for the connection

  synchronized boolean isRecording() {
    return migration.isPresent() && !looking;
  }

  synchronized boolean isGuarding() {
    return guarding && isRecording();
  }

  synchronized SqlSyntax syntax() {
    return syntax;
  }

  synchronized void remark(String what) {
    migration.ifPresent(name -> remarks.add(name + " " + what));
  }

  /** Notes what the migration may not do, and returns what it is told in its place. */
  synchronized SQLException refuse(String what) {
    if (refused.isEmpty()) {
      refused = Optional.of(what);
    }
    return new OutOfRehearsalException(refused.get());
  }

  /** A statement is about to be sent. */
  synchronized void requireAllowed(List<String> texts) throws SQLException {
    if (!isGuarding()) {
      return;
    }
    if (refused.isPresent()) {
      throw refuse(refused.get());
    }
    for (String text : texts) {
      for (SqlStatement statement : SqlStatements.split(text, syntax)) {
        if (endsTransaction(statement.words())) {
          throw refuse("sends " + statement.words().get(0) + ", which ends its transaction");
        }
      }
    }
  }

  private static boolean endsTransaction(List<String> words) {
    String first = words.isEmpty() ? "" : words.get(0);
    String second = words.size() < 2 ? "" : words.get(1);
    return (TRANSACTIONS.contains(first) && !words.contains("TO"))
        || (first.equals("PREPARE") && second.equals("TRANSACTION"))
        || (first.equals("SET") && second.equals("AUTOCOMMIT"));
  }

  /** A statement was sent: it is written down, with what can be seen now. */
  synchronized Recorded add(Sent sent) {
    List<TableLock> locks = sent.failure().isEmpty() ? look() : List.of();
    Recorded recorded = new Recorded(migration.orElseThrow(), sent, locks);
    statements.add(recorded);
    return recorded;
  }

  /** The watch asks over the same connection. */
  private List<TableLock> look() {
    looking = true;
    try {
      return watch.newLocks();
    } finally {
      looking = false;
    }
  }
}
