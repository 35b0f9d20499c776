package dev.kysera.migrations.benchmarks.inputs;

import java.util.Map;

/** The form in which a tool takes its migrations. */
public enum Form {
  /** None. */
  NONE {
    @Override
    Map<String, String> files(int migrations, Body body) {
      return Map.of();
    }
  },
  /** A list of names in a class, and a statement for each. */
  JDBC {
    @Override
    Map<String, String> files(int migrations, Body body) {
      return JdbcForm.files("Jdbc", migrations, body);
    }
  },
  /** As {@link #JDBC}, for JDBI. */
  JDBI {
    @Override
    Map<String, String> files(int migrations, Body body) {
      return JdbcForm.files("JdbiStatements", migrations, body);
    }
  },
  /** Classes with our annotation. */
  KYSERA {
    @Override
    Map<String, String> files(int migrations, Body body) {
      return KyseraForm.files(migrations, body);
    }
  },
  /** The classes of {@link #KYSERA} in a list written by hand. */
  BY_HAND {
    @Override
    Map<String, String> files(int migrations, Body body) {
      return KyseraForm.byHand(migrations, body);
    }
  },
  /** Java migrations of Flyway, and a class that hands them over. */
  FLYWAY_JAVA {
    @Override
    Map<String, String> files(int migrations, Body body) {
      return FlywayForm.java(migrations, body, true);
    }
  },
  /** Java migrations of Flyway, to be found. */
  FLYWAY_SCAN {
    @Override
    Map<String, String> files(int migrations, Body body) {
      return FlywayForm.java(migrations, body, false);
    }
  },
  /** SQL files of Flyway. */
  FLYWAY_SQL {
    @Override
    Map<String, String> files(int migrations, Body body) {
      return FlywayForm.sql(migrations, body);
    }
  },
  /** A changelog of Liquibase in XML. */
  LIQUIBASE_XML {
    @Override
    Map<String, String> files(int migrations, Body body) {
      return LiquibaseForm.xml(migrations, body);
    }
  },
  /** A changelog of Liquibase in formatted SQL. */
  LIQUIBASE_SQL {
    @Override
    Map<String, String> files(int migrations, Body body) {
      return LiquibaseForm.sql(migrations, body);
    }
  },
  /** A changelog of Liquibase in XML that names a Java class for each change set. */
  LIQUIBASE_JAVA {
    @Override
    Map<String, String> files(int migrations, Body body) {
      return LiquibaseForm.java(migrations, body);
    }
  },
  /** SQL scripts of MyBatis Migrations. */
  MYBATIS {
    @Override
    Map<String, String> files(int migrations, Body body) {
      return MyBatisForm.files(migrations, body);
    }
  },
  /** SQL files of ebean-migration. */
  EBEAN {
    @Override
    Map<String, String> files(int migrations, Body body) {
      return EbeanForm.files(migrations, body);
    }
  };

  /** The package, and the folder, of all that is generated. */
  static final String PACKAGE = "bench";

  /** The class that is generated where a tool has to be handed its migrations. */
  public static final String START = PACKAGE + ".Start";

  /** Returns what is in each file, by its name in the package. */
  abstract Map<String, String> files(int migrations, Body body);
}
