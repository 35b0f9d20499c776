package dev.kysera.migrations.benchmarks.inputs;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** A changelog with a change set for each migration. */
final class LiquibaseForm {

  private LiquibaseForm() {}

  static Map<String, String> xml(int migrations, Body body) {
    return Map.of(
        "changelog.xml",
        changelog(
            migrations,
            i ->
                "<sql>%s</sql><rollback><sql>%s</sql></rollback>"
                    .formatted(body.up(i), body.down(i))));
  }

  static Map<String, String> sql(int migrations, Body body) {
    StringBuilder changelog = new StringBuilder("--liquibase formatted sql\n");
    for (int i = 1; i <= migrations; i++) {
      changelog.append(
          """

          --changeset bench:%d
          %s;
          --rollback %s;
          """
              .formatted(i, body.up(i), body.down(i)));
    }
    return Map.of("changelog.sql", changelog.toString());
  }

  static Map<String, String> java(int migrations, Body body) {
    Map<String, String> files = new HashMap<>();
    files.put(
        "changelog.xml", changelog(migrations, "<customChange class=\"bench.C%d\"/>"::formatted));
    for (int i = 1; i <= migrations; i++) {
      files.put(
          "C%d.java".formatted(i),
          """
          package bench;
          import liquibase.change.custom.CustomSqlChange;
          import liquibase.change.custom.CustomSqlRollback;
          import liquibase.database.Database;
          import liquibase.exception.ValidationErrors;
          import liquibase.resource.ResourceAccessor;
          import liquibase.statement.SqlStatement;
          import liquibase.statement.core.RawParameterizedSqlStatement;
          public final class C%d implements CustomSqlChange, CustomSqlRollback {
            @Override public SqlStatement[] generateStatements(Database database) {
              return new SqlStatement[] {new RawParameterizedSqlStatement("%s")};
            }
            @Override public SqlStatement[] generateRollbackStatements(Database database) {
              return new SqlStatement[] {new RawParameterizedSqlStatement("%s")};
            }
            @Override public String getConfirmationMessage() {
              return "";
            }
            @Override public void setUp() {}
            @Override public void setFileOpener(ResourceAccessor resources) {}
            @Override public ValidationErrors validate(Database database) {
              return new ValidationErrors();
            }
          }
          """
              .formatted(i, body.up(i), body.down(i)));
    }
    return files;
  }

  private static String changelog(int migrations, IntFunction<String> change) {
    StringBuilder changelog =
        new StringBuilder(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                    http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
            """);
    for (int i = 1; i <= migrations; i++) {
      changelog.append(
          "  <changeSet id=\"%d\" author=\"bench\">%s</changeSet>%n".formatted(i, change.apply(i)));
    }
    return changelog.append("</databaseChangeLog>\n").toString();
  }
}
