package dev.kysera.migrations.processor;

/** Qualified names of classes to be. */
final class ClassNames {

  static final String MIGRATIONS = "Migrations";

  private ClassNames() {}

  static String migrationsIn(String packageName) {
    return in(packageName, MIGRATIONS);
  }

  static String in(String packageName, String simpleName) {
    return packageName.isEmpty() ? simpleName : packageName + "." + simpleName;
  }
}
