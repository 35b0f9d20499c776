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
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/**
 * A fresh database for one test. Closing it fails if a connection was not closed, or came back with
 * other settings than it was lent with.
 */
public final class TestDatabase implements AutoCloseable {

  public enum Kind {
    H2,
    SQLITE,
    POSTGRESQL,
    MARIADB,
    MYSQL,
    HSQLDB,
    DERBY,
    DUCKDB;

    /** The name of {@link #matrix()} for an annotation. */
    static final String MATRIX = "dev.kysera.migrations.TestDatabase$Kind#matrix";

    /** The name of {@link #servers()} for an annotation. */
    static final String SERVERS = "dev.kysera.migrations.TestDatabase$Kind#servers";

    /**
     * Those that every promise is tested on: four, or those of {@code -Dkysera.databases}, which is
     * {@code all} or some of them with commas between.
     */
    static List<Kind> matrix() {
      String wanted = System.getProperty("kysera.databases", "");
      if (wanted.isBlank()) {
        return List.of(H2, SQLITE, POSTGRESQL, MARIADB);
      }
      if (wanted.equals("all")) {
        return List.of(values());
      }
      return Stream.of(wanted.split(",")).map(k -> valueOf(k.toUpperCase(Locale.ROOT))).toList();
    }

    /** Those of the {@link #matrix()} that are servers. */
    static List<Kind> servers() {
      return matrix().stream().filter(Kind::isServer).toList();
    }

    boolean rollsBackDdl() {
      return this == SQLITE || this == POSTGRESQL || this == DERBY || this == DUCKDB;
    }

    /**
     * Opens one that lives in this JVM, or in a file or on a server where there is no other way.
     */
    public TestDatabase open() {
      return new TestDatabase(this, Place.HERE);
    }

    /** Opens one that another JVM can open while this one has no connection. */
    TestDatabase openFile() {
      return new TestDatabase(this, Place.FILE);
    }

    /** Opens one that several JVMs can open at once. */
    TestDatabase openShared() {
      return new TestDatabase(this, Place.SHARED);
    }

    boolean isServer() {
      return this == POSTGRESQL || isMySql();
    }

    /**
     * Whether somebody who reads what another session has written and not committed is kept
     * waiting, so that nobody can look who holds a lock.
     */
    boolean readersWaitForWriters() {
      return this == DERBY;
    }

    /** Whether a claim keeps others away before it is committed, and can be rolled back. */
    boolean claimsInTransaction() {
      return rollsBackDdl() && this != DUCKDB;
    }

    /**
     * Whether {@link #openFile()} keeps its promise: Derby holds a file until it is told to end.
     */
    boolean opensInAnotherProcess() {
      return this != DERBY;
    }

    /**
     * Whether an owner in another process that is gone is known to be, so that it can be passed.
     */
    boolean provesTheDead() {
      return hasOwnDialect();
    }

    /** Whether {@link #openShared()} is for several JVMs too. */
    boolean opensInManyProcesses() {
      return this != HSQLDB && this != DERBY && this != DUCKDB;
    }

    /** Whether the runtime knows it; of the others it knows what any driver tells. */
    boolean hasOwnDialect() {
      return this != HSQLDB && this != DERBY && this != DUCKDB;
    }

    /** MySQL or its relative. */
    boolean isMySql() {
      return this == MARIADB || this == MYSQL;
    }

    String quote(String identifier) {
      String quote = isMySql() ? "`" : "\"";
      return quote + identifier.replace(quote, quote + quote) + quote;
    }

    private String tables() {
      return switch (this) {
        case H2 ->
            "select count(*) from information_schema.tables"
                + " where table_schema = 'PUBLIC' and lower(table_name) = ?";
        case SQLITE -> "select count(*) from sqlite_master where lower(name) = ?";
        case POSTGRESQL ->
            "select count(*) from information_schema.tables"
                + " where table_schema = current_schema() and lower(table_name) = ?";
        case MARIADB, MYSQL ->
            "select count(*) from information_schema.tables"
                + " where table_schema = database() and lower(table_name) = ?";
        case HSQLDB ->
            "select count(*) from information_schema.tables"
                + " where table_schema = 'PUBLIC' and lower(table_name) = ?";
        case DERBY ->
            "select count(*) from sys.systables t join sys.sysschemas s on s.schemaid = t.schemaid"
                + " where s.schemaname = 'APP' and lower(t.tablename) = ?";
        case DUCKDB ->
            "select count(*) from information_schema.tables"
                + " where table_schema = 'main' and lower(table_name) = ?";
      };
    }

    private String indexes() {
      return switch (this) {
        case H2 -> "select count(*) from information_schema.indexes where lower(index_name) = ?";
        case SQLITE ->
            "select count(*) from sqlite_master where type = 'index' and lower(name) = ?";
        case POSTGRESQL ->
            "select count(*) from pg_indexes"
                + " where schemaname = current_schema() and lower(indexname) = ?";
        case MARIADB, MYSQL ->
            "select count(*) from information_schema.statistics"
                + " where table_schema = database() and lower(index_name) = ?";
        case HSQLDB ->
            "select count(*) from information_schema.system_indexinfo where lower(index_name) = ?";
        case DERBY ->
            "select count(*) from sys.sysconglomerates"
                + " where isindex and lower(conglomeratename) = ?";
        case DUCKDB -> "select count(*) from duckdb_indexes() where lower(index_name) = ?";
      };
    }

    /** Queries for what a session was set to, and for the locks that it holds. */
    private List<String> settings() {
      return switch (this) {
        case H2 ->
            List.of(
                "select schema()",
                "select lock_timeout()",
                "select setting_value from information_schema.settings"
                    + " where setting_name = 'QUERY_TIMEOUT'");
        case SQLITE -> List.of("pragma busy_timeout", "pragma foreign_keys");
        case POSTGRESQL ->
            List.of(
                "select string_agg(name || '=' || setting, ', ' order by name) from pg_settings"
                    + " where name in ('search_path', 'role', 'lock_timeout', 'statement_timeout',"
                    + " 'default_transaction_isolation', 'default_transaction_read_only',"
                    + " 'TimeZone', 'session_replication_role', 'client_min_messages',"
                    + " 'check_function_bodies', 'row_security')",
                "select 'advisory locks=' || count(*) from pg_locks"
                    + " where locktype = 'advisory' and pid = pg_backend_pid()");
        case MARIADB, MYSQL ->
            List.of(
                "select concat('database=', database(), ', sql_mode=', @@sql_mode,"
                    + " ', foreign_key_checks=', @@foreign_key_checks,"
                    + " ', unique_checks=', @@unique_checks,"
                    + " ', lock_wait_timeout=', @@lock_wait_timeout,"
                    + " ', innodb_lock_wait_timeout=', @@innodb_lock_wait_timeout,"
                    + " ', time_zone=', @@time_zone, ', autocommit=', @@autocommit)",
                "select concat('locks=', release_all_locks())");
        case HSQLDB -> List.of("values current_schema");
        case DERBY -> List.of("values current schema");
        case DUCKDB -> List.of("select current_schema()");
      };
    }
  }

  static {
    // Derby would keep whoever waits for a minute.
    System.setProperty("derby.locks.waitTimeout", "2");
    System.setProperty("derby.locks.deadlockTimeout", "1");
    System.setProperty("derby.stream.error.file", "target/derby.log");
  }

  private enum Place {
    HERE,
    FILE,
    SHARED
  }

  private final Kind kind;
  private final Path folder;
  private final TestServer.Database onServer;
  private final String url;
  private final Jdbi jdbi;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Connection keepAlive;

  /** For looking at the database from outside, without opening a connection for each look. */
  private final Jdbi onlooker;

  private TestDatabase(Kind kind, Place place) {
    this.kind = kind;
    try {
      this.folder = Files.createTempDirectory("kysera");
      this.onServer =
          switch (kind) {
            case H2, SQLITE, HSQLDB, DERBY, DUCKDB -> null;
            case POSTGRESQL -> TestServer.POSTGRESQL.create();
            case MARIADB -> TestServer.MARIADB.create();
            case MYSQL -> TestServer.MYSQL.create();
          };
      this.url =
          switch (kind) {
            case H2 -> h2(place);
            case SQLITE -> "jdbc:sqlite:" + folder.resolve("test.db");
            case POSTGRESQL, MARIADB, MYSQL -> onServer.url();
            case HSQLDB -> hsqldb(place);
            case DERBY -> derby(place);
            case DUCKDB -> duckdb(place);
          };
      this.keepAlive =
          place == Place.FILE && onServer == null ? null : DriverManager.getConnection(url);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    this.jdbi = Jdbi.create(this::connect);
    this.onlooker = keepAlive == null ? jdbi : Jdbi.create(keepAlive);
  }

  private String h2(Place place) {
    return switch (place) {
      case HERE -> "jdbc:h2:mem:" + UUID.randomUUID();
      case FILE -> "jdbc:h2:file:" + folder.resolve("test");
      case SHARED -> "jdbc:h2:file:" + folder.resolve("test") + ";AUTO_SERVER=TRUE";
    };
  }

  /**
   * In memory it lives until it is told to end. As it comes, whoever reads what another session has
   * written waits for its end, however long; that is no way to test those who look meanwhile.
   */
  private String hsqldb(Place place) {
    return place == Place.HERE
        ? "jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc"
        : "jdbc:hsqldb:file:"
            + folder.resolve("test")
            // A process that was killed would lock it for ten seconds more.
            + ";hsqldb.tx=mvcc;shutdown=true;hsqldb.lock_file=false;hsqldb.write_delay=false";
  }

  private String derby(Place place) {
    return "jdbc:derby:"
        + (place == Place.HERE ? "memory:" + UUID.randomUUID() : folder.resolve("test"))
        + ";create=true";
  }

  private String duckdb(Place place) {
    return "jdbc:duckdb:"
        + (place == Place.HERE ? ":memory:" + UUID.randomUUID() : folder.resolve("test.db"));
  }

  /** Ends a database that does not end with its last connection. */
  private void shutDown() throws SQLException {
    if (kind == Kind.HSQLDB) {
      try (Connection connection = DriverManager.getConnection(url);
          var statement = connection.createStatement()) {
        statement.execute("shutdown");
      }
    } else if (kind == Kind.DERBY) {
      String end = url.contains(":memory:") ? ";drop=true" : ";shutdown=true";
      try (Connection connection = DriverManager.getConnection(url.replace(";create=true", end))) {
        throw new AssertionError(connection + " has not ended it");
      } catch (SQLException e) {
        if (!"08006".equals(e.getSQLState())) {
          throw e;
        }
      }
    }
  }

  public Kind kind() {
    return kind;
  }

  public String url() {
    return url;
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  /** Looks at the database from outside. */
  public Jdbi onlooker() {
    return onlooker;
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
    return onlooker.withHandle(
        handle ->
            handle
                .createQuery("select name, direction, state from migrations_journal order by seq")
                .map(
                    (row, context) ->
                        row.getString(1) + ' ' + row.getString(2) + ' ' + row.getString(3))
                .list());
  }

  public List<String> strings(String sql) {
    return onlooker.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  public void execute(String sql) {
    onlooker.useHandle(handle -> handle.execute(sql));
  }

  public boolean hasTable(String table) {
    return count(kind.tables(), table) > 0;
  }

  boolean hasIndex(String index) {
    return count(kind.indexes(), index) > 0;
  }

  private int count(String query, String name) {
    return onlooker.withHandle(handle -> handle.select(query, name).mapTo(Integer.class).one());
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
                try (connection) {
                  assertThat(settings(connection)).as("settings of the session").isEqualTo(lent);
                } catch (SQLException e) {
                  if (connection.isValid(1)) {
                    throw e;
                  }
                }
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
    StringBuilder settings = new StringBuilder();
    settings.append(connection.getAutoCommit()).append(connection.getTransactionIsolation());
    for (String query : kind.settings()) {
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
      shutDown();
      TestServer.delete(folder);
      if (onServer != null) {
        onServer.drop();
      }
    } catch (IOException | SQLException e) {
      throw new AssertionError(e);
    }
    assertThat(open).as("connections left open").isEmpty();
  }
}
