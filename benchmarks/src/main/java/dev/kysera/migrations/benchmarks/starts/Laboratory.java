package dev.kysera.migrations.benchmarks.starts;

import dev.kysera.migrations.benchmarks.contestants.ColdStart;
import dev.kysera.migrations.benchmarks.contestants.WarmStart;
import dev.kysera.migrations.benchmarks.inputs.Body;
import dev.kysera.migrations.benchmarks.inputs.Inputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes the measured processes, and the databases that they find. */
final class Laboratory {

  /** A line of the log about a generated migration, of whatever contestant. */
  private static final Pattern GENERATED = Pattern.compile(" bench\\.[MVC]\\d+\\w* source: ");

  private final Inputs inputs;
  private final ClassPaths paths;

  Laboratory(Path folder) throws IOException {
    this.inputs = new Inputs(folder.resolve("inputs"), System.getProperty("java.class.path"));
    this.paths = ClassPaths.read();
  }

  /** Brings a database up to date in a process that does nothing else. */
  Child cold(Entrant entrant, int migrations, Body body, Database database, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(ColdStart.class.getName(), entrant.program(), database.url()));
    arguments.addAll(List.of(more));
    return new Child(
        classPath(entrant, migrations, body, database, List.of()), List.of(), arguments);
  }

  /** Does something with a database in an application that is up. */
  Child warm(Entrant entrant, int migrations, Body body, Database database, String... verb)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(WarmStart.class.getName(), entrant.program(), database.url()));
    arguments.addAll(List.of(verb));
    List<String> pool =
        List.of("com.zaxxer:HikariCP", "org.jdbi:jdbi3-core", "org.slf4j:slf4j-nop");
    return new Child(classPath(entrant, migrations, body, database, pool), List.of(), arguments);
  }

  private List<String> classPath(
      Entrant entrant, int migrations, Body body, Database database, List<String> more)
      throws IOException {
    List<String> artifacts = new ArrayList<>(entrant.artifacts());
    artifacts.add(database.driver());
    artifacts.addAll(more);
    List<String> classPath = new ArrayList<>();
    classPath.add(inputs.folder(entrant.form(), migrations, body).toString());
    classPath.add(ClassPaths.own());
    classPath.addAll(paths.paths(artifacts));
    return classPath;
  }

  /**
   * Lets a tool execute its migrations on an empty database, so that the history is its own.
   *
   * @return the database
   * @throws IllegalStateException if the history has not a row for each of them
   */
  Database prepare(Entrant entrant, int migrations, Body body, Database database) throws Exception {
    createTables(entrant, database);
    if (entrant.isFloor()) {
      return database;
    }
    Database relaxed =
        new Database(
            database.kind(),
            database.driver(),
            database.preparationUrl(),
            database.preparationUrl());
    cold(entrant, migrations, body, relaxed).run(() -> {});
    requireHistory(entrant, migrations, database);
    return database;
  }

  /** Fails if the history has not a row for each migration. */
  static void requireHistory(Entrant entrant, int migrations, Database database)
      throws SQLException {
    if (!entrant.isFloor() && database.count(entrant.history()) < migrations) {
      throw new IllegalStateException(entrant + " has not executed all on " + database);
    }
  }

  /** Creates the tables that a contestant expects. */
  static void createTables(Entrant entrant, Database database) throws SQLException {
    if (entrant == Entrant.BY_HAND) {
      OwnTables.create(database);
    } else if (entrant.needsTables()) {
      database.execute(
          "create table migrations (name varchar(255) primary key,"
              + " executed_at timestamp default current_timestamp not null)");
    }
  }

  /**
   * Runs a process that writes down each class it loads, and adds their number, and that of the
   * generated migrations among them, to its figures.
   */
  static Printed countClasses(Child child) throws Exception {
    Path log = Files.createTempFile("classes", ".log");
    try {
      Printed printed =
          new Child(
                  child.classPath(),
                  List.of("-Xlog:class+load=info:file=" + log + "::filesize=0"),
                  child.arguments())
              .run(() -> {});
      List<String> classes;
      try (Stream<String> lines = Files.lines(log)) {
        classes = lines.filter(line -> line.contains(" source: ")).toList();
      }
      Map<String, Double> figures = new HashMap<>(printed.figures());
      figures.put("classes", (double) classes.size());
      figures.put(
          "migration-classes",
          (double) classes.stream().filter(c -> GENERATED.matcher(c).find()).count());
      return new Printed(figures);
    } finally {
      Files.delete(log);
    }
  }
}
