package dev.kysera.migrations.benchmarks.starts;

import dev.kysera.migrations.benchmarks.contestants.Ebean;
import dev.kysera.migrations.benchmarks.contestants.Floor;
import dev.kysera.migrations.benchmarks.contestants.FloorJdbc;
import dev.kysera.migrations.benchmarks.contestants.FlywayScan;
import dev.kysera.migrations.benchmarks.contestants.FlywaySql;
import dev.kysera.migrations.benchmarks.contestants.LiquibaseJava;
import dev.kysera.migrations.benchmarks.contestants.LiquibaseSql;
import dev.kysera.migrations.benchmarks.contestants.LiquibaseXml;
import dev.kysera.migrations.benchmarks.contestants.MyBatis;
import dev.kysera.migrations.benchmarks.inputs.Form;
import java.util.List;
import java.util.Locale;

/** A contestant, and what it is measured with. */
enum Entrant {
  FLOOR_JDBC(FloorJdbc.class.getName(), Form.NONE, "", ""),
  FLOOR(Floor.class.getName(), Form.NONE, Tools.JDBI, ""),
  JDBC(Form.START, Form.JDBC, "", Tools.PLAIN_HISTORY),
  JDBI(Form.START, Form.JDBI, Tools.JDBI, Tools.PLAIN_HISTORY),
  BY_HAND(Form.START, Form.BY_HAND, Tools.KYSERA, Tools.PLAIN_HISTORY),
  KYSERA(Form.START, Form.KYSERA, Tools.KYSERA, Tools.PLAIN_HISTORY),
  FLYWAY_JAVA(Form.START, Form.FLYWAY_JAVA, Tools.FLYWAY, Tools.FLYWAY_HISTORY),
  FLYWAY_SCAN(FlywayScan.class.getName(), Form.FLYWAY_SCAN, Tools.FLYWAY, Tools.FLYWAY_HISTORY),
  FLYWAY_SQL(FlywaySql.class.getName(), Form.FLYWAY_SQL, Tools.FLYWAY, Tools.FLYWAY_HISTORY),
  LIQUIBASE_XML(
      LiquibaseXml.class.getName(), Form.LIQUIBASE_XML, Tools.LIQUIBASE, "databasechangelog"),
  LIQUIBASE_SQL(
      LiquibaseSql.class.getName(), Form.LIQUIBASE_SQL, Tools.LIQUIBASE, "databasechangelog"),
  LIQUIBASE_JAVA(
      LiquibaseJava.class.getName(), Form.LIQUIBASE_JAVA, Tools.LIQUIBASE, "databasechangelog"),
  MYBATIS(MyBatis.class.getName(), Form.MYBATIS, "org.mybatis:mybatis-migrations", "changelog"),
  EBEAN(Ebean.class.getName(), Form.EBEAN, "io.ebean:ebean-migration", "db_migration");

  private final String program;
  private final Form form;
  private final String artifacts;
  private final String history;

  Entrant(String program, Form form, String artifacts, String history) {
    this.program = program;
    this.form = form;
    this.artifacts = artifacts;
    this.history = history;
  }

  /** The name in the figures, such as {@code flyway-sql}. */
  String title() {
    return identifier().replace('_', '-');
  }

  /** The name as a part of an SQL identifier. */
  String identifier() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The class of its contestant. */
  String program() {
    return program;
  }

  Form form() {
    return form;
  }

  /** What it needs on the class path, with all that this needs in turn. */
  List<String> artifacts() {
    return artifacts.isEmpty() ? List.of() : List.of(artifacts.split(" ", -1));
  }

  /** The table with a row for each executed migration, empty for none. */
  String history() {
    return history;
  }

  /** The one in whose history it looks: its own, or that of one that writes the same. */
  Entrant historian() {
    return switch (this) {
      case JDBI -> JDBC;
      case FLYWAY_SCAN -> FLYWAY_JAVA;
      default -> this;
    };
  }

  /** Whether it can say what is executed and what is pending. */
  boolean tellsStatus() {
    return !isFloor() && !needsTables();
  }

  /** Whether it has no migrations. */
  boolean isFloor() {
    return form == Form.NONE;
  }

  /** Whether it writes its history into a table that is there already. */
  boolean needsTables() {
    return this == JDBC || this == JDBI || this == BY_HAND;
  }

  /** Whether it can take migrations back without payment. */
  boolean goesBack() {
    return this == KYSERA || this == MYBATIS || artifacts.equals(Tools.LIQUIBASE);
  }

  /** The artifacts and tables that several have in common. */
  private static final class Tools {
    static final String LOG = " org.slf4j:slf4j-nop";
    static final String JDBI = "org.jdbi:jdbi3-core" + LOG;
    static final String KYSERA = "dev.kysera:kysera-migrations-runtime" + LOG;
    static final String FLYWAY =
        "org.flywaydb:flyway-core org.flywaydb:flyway-database-postgresql" + LOG;
    static final String LIQUIBASE = "org.liquibase:liquibase-core";
    static final String PLAIN_HISTORY = "migrations";
    static final String FLYWAY_HISTORY = "\"flyway_schema_history\"";
  }
}
