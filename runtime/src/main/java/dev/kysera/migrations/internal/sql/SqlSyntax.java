package dev.kysera.migrations.internal.sql;

import java.util.Locale;

/** How databases differ in what a text of SQL is divided into. */
public enum SqlSyntax {
  /** Dollar quotes, nested comments, backslashes only in {@code E'...'}. */
  POSTGRESQL,
  /** Backslashes in texts, texts in double quotes, names in backticks, comments behind a hash. */
  MYSQL,
  /** Names in brackets and backticks too. */
  SQLITE,
  /** What most others share, and dollar quotes, which mean nothing elsewhere. */
  STANDARD;

  /** The syntax of a database, by the name that its driver gives it. */
  public static SqlSyntax of(String product) {
    return switch (product.toLowerCase(Locale.ROOT)) {
      case "postgresql" -> POSTGRESQL;
      case "mysql", "mariadb" -> MYSQL;
      case "sqlite" -> SQLITE;
      default -> STANDARD;
    };
  }
}
