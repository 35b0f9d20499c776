package dev.kysera.migrations.cli;

import static java.util.Objects.requireNonNull;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Jdbi;

/**
 * The command line of an application's own migrations:
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *   MigrationsCli.main(args, Migrations::runner);
 * }
 * }</pre>
 *
 * <p>Standard output is data, standard error is progress and messages; what the application itself
 * prints meanwhile goes to standard error too. Both are UTF-8, except on Windows, where the console
 * decides. The exit status is 0 if all went well, 1 if something failed, 2 for wrong usage, 3 if
 * migrations are pending, 4 if history and code do not fit, 5 if another run holds the lock, 6 if
 * an attempt was interrupted.
 */
public final class MigrationsCli {

  private MigrationsCli() {}

  /**
   * Does what the arguments say on the database that they or the environment name, and ends the
   * process.
   *
   * @param args the arguments of the process
   * @param runner the runner of the application, such as {@code Migrations::runner}; is given a
   *     database and options that hold where lines go and what the arguments say, and may add its
   *     own by {@link MigrationOptions#toBuilder()}
   */
  public static void main(
      String[] args, BiFunction<Jdbi, MigrationOptions, MigrationRunner> runner) {
    System.exit(run(args, runner));
  }

  /**
   * Does what the arguments say on the database of the application, and ends the process. The
   * options that name a database are not offered.
   *
   * @param args the arguments of the process
   * @param jdbi the database of the application
   * @param runner the runner of the application, such as {@code Migrations::runner}
   */
  public static void main(
      String[] args, Jdbi jdbi, BiFunction<Jdbi, MigrationOptions, MigrationRunner> runner) {
    System.exit(run(args, jdbi, runner));
  }

  /**
   * Does what {@link #main(String[], BiFunction)} does, for a caller that goes on.
   *
   * @param args the arguments
   * @param runner the runner of the application
   * @return the exit status
   */
  public static int run(String[] args, BiFunction<Jdbi, MigrationOptions, MigrationRunner> runner) {
    return run(args, Optional.empty(), runner);
  }

  /**
   * Does what {@link #main(String[], Jdbi, BiFunction)} does, for a caller that goes on.
   *
   * @param args the arguments
   * @param jdbi the database of the application
   * @param runner the runner of the application
   * @return the exit status
   */
  public static int run(
      String[] args, Jdbi jdbi, BiFunction<Jdbi, MigrationOptions, MigrationRunner> runner) {
    return run(args, Optional.of(jdbi), runner);
  }

  private static int run(
      String[] args,
      Optional<Jdbi> jdbi,
      BiFunction<Jdbi, MigrationOptions, MigrationRunner> runner) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    CommandTree commands =
        CommandTree.of(Surroundings.ofThisProcess(), jdbi, requireNonNull(runner, "runner"));
    PrintStream strangers = commands.strangers();
    try {
      System.setOut(strangers);
      System.setErr(strangers);
      return commands.execute(args);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
