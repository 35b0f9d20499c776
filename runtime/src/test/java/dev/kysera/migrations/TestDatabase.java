package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A fresh database for one test. Closing it fails if a connection was not closed, or came back with
 * other settings than it was lent with.
 */
final class TestDatabase implements AutoCloseable {

  enum Kind {
    H2,
    SQLITE;

    boolean rollsBackDdl() {
      return this == SQLITE;
    }

    /** Opens one that lives in this JVM, or in a file where there is no other way. */
    TestDatabase open() {
      return new TestDatabase(this, Place.HERE);
    }

    /** Opens one in a file that another JVM can open while this one has no connection. */
    TestDatabase openFile() {
      return new TestDatabase(this, Place.FILE);
    }

    /** Opens one in a file that several JVMs can open at once. */
    TestDatabase openShared() {
      return new TestDatabase(this, Place.SHARED);
    }
  }

  private enum Place {
    HERE,
    FILE,
    SHARED
  }

  private final Kind kind;
  private final Path folder;
  private final String url;
  private final Jdbi jdbi;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Connection keepAlive;

  private TestDatabase(Kind kind, Place place) {
    this.kind = kind;
    try {
      this.folder = Files.createTempDirectory("kysera");
      this.url = kind == Kind.H2 ? h2(place) : "jdbc:sqlite:" + folder.resolve("test.db");
      this.keepAlive = place == Place.FILE ? null : DriverManager.getConnection(url);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    this.jdbi = Jdbi.create(this::connect);
  }

  private String h2(Place place) {
    return switch (place) {
      case HERE -> "jdbc:h2:mem:" + UUID.randomUUID();
      case FILE -> "jdbc:h2:file:" + folder.resolve("test");
      case SHARED -> "jdbc:h2:file:" + folder.resolve("test") + ";AUTO_SERVER=TRUE";
    };
  }

  Kind kind() {
    return kind;
  }

  String url() {
    return url;
  }

  Jdbi jdbi() {
    return jdbi;
  }

  /** The lines of every run with {@link #options()} so far. */
  List<String> lines() {
    return lines;
  }

  List<String> takeLines() {
    List<String> taken = new ArrayList<>(lines);
    lines.clear();
    return taken;
  }

  MigrationOptions.Builder options() {
    return MigrationOptions.builder().logger(lines::add);
  }

  MigrationRunner runner(MigrationRegistry registry) {
    return MigrationRunner.create(jdbi, registry, options().build());
  }

  /** The history by name, as the table itself says. */
  List<String> history() {
    return strings("select name from migrations order by name");
  }

  /** Name, direction and state of every attempt, in sequence. */
  List<String> journal() {
    return strings(
        "select name || ' ' || direction || ' ' || state from migrations_journal order by seq");
  }

  List<String> strings(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  void execute(String sql) {
    jdbi.useHandle(handle -> handle.execute(sql));
  }

  boolean hasTable(String table) {
    String catalog =
        kind == Kind.H2
            ? "select count(*) from information_schema.tables"
                + " where table_schema = 'PUBLIC' and lower(table_name) = ?"
            : "select count(*) from sqlite_master where lower(name) = ?";
    return jdbi.withHandle(
        (Handle handle) -> handle.select(catalog, table).mapTo(Integer.class).one() > 0);
  }

  boolean hasIndex(String index) {
    String catalog =
        kind == Kind.H2
            ? "select count(*) from information_schema.indexes where lower(index_name) = ?"
            : "select count(*) from sqlite_master where type = 'index' and lower(name) = ?";
    return jdbi.withHandle(
        (Handle handle) -> handle.select(catalog, index).mapTo(Integer.class).one() > 0);
  }

  Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    open.add(connection);
    String lent = settings(connection);
    return (Connection)
        Proxy.newProxyInstance(
            TestDatabase.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close") && connection.isClosed()) {
                open.remove(connection);
                return null;
              }
              if (method.getName().equals("close")) {
                open.remove(connection);
                String returned = settings(connection);
                connection.close();
                assertThat(returned).as("settings of the session").isEqualTo(lent);
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private String settings(Connection connection) throws SQLException {
    List<String> queries =
        kind == Kind.H2
            ? List.of("select schema()", "select lock_timeout()")
            : List.of("pragma busy_timeout", "pragma foreign_keys");
    StringBuilder settings = new StringBuilder();
    settings.append(connection.getAutoCommit()).append(connection.getTransactionIsolation());
    for (String query : queries) {
      try (var statement = connection.createStatement();
          var row = statement.executeQuery(query)) {
        row.next();
        settings.append(' ').append(row.getString(1));
      }
    }
    return settings.toString();
  }

  @Override
  public void close() {
    try {
      if (keepAlive != null) {
        keepAlive.close();
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException | SQLException e) {
      throw new AssertionError(e);
    }
    assertThat(open).as("connections left open").isEmpty();
  }
}
