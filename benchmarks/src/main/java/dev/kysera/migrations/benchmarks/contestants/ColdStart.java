package dev.kysera.migrations.benchmarks.contestants;

import javax.sql.DataSource;

/**
 * Brings a database up to date, and ends. It takes the class of the contestant and the URL; with a
 * third argument it counts what goes through JDBC.
 */
public final class ColdStart {

  private ColdStart() {}

  /** Prints a figure a line, without joining strings, whose first time costs a JVM milliseconds. */
  public static void main(String[] arguments) throws Exception {
    Contestant contestant =
        Class.forName(arguments[0])
            .asSubclass(Contestant.class)
            .getDeclaredConstructor()
            .newInstance();
    DataSource dataSource = new DriverDataSource(arguments[1]);
    if (arguments.length == 2) {
      contestant.up(dataSource);
    } else {
      CountingDataSource counting = new CountingDataSource(dataSource);
      contestant.up(counting.counted());
      counting.print();
    }
    System.out.print("peak=");
    System.out.println(PeakMemory.kibibytes());
  }
}
