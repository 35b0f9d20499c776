package app.db;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.annotation.GeneratedRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.jdbi.v3.core.Jdbi;

/**
 * All 4 migrations of this module, in the order in which they are executed.
 */
@Generated("dev.kysera.migrations.processor.MigrationProcessor")
@GeneratedRegistry
public final class Migrations {
  private static final String FINGERPRINTS = """
      001_independent 1:834fb6574223be18913035a5788966ec21bfee5dd358319a2d252c3e7ea2a329 -
      002_record 1:475534c2aae7c63265d67175ad689322ae00ca8574234d2b655aa4cfe5a47e35 - clock,schemaName
      003_two_constructors 1:da7a1bf3a375bea5fbb35f6a592157af12b5b5276f1f80dd94313ef841e219aa -
      004_class 1:f83a045581fe95ea0f08aa221b0c3e6779e4b5cda207382ff8d67d95d066b471 1:bcc226ff5823172cae2522a8cb41e9814a4b001861ed2a13605065544cd00cf3 limits,clock
      """;

  private static final List<MigrationDefinition> DEFINITIONS = List.of(
      MigrationDefinition.of("001_independent").asIrreversible(),
      MigrationDefinition.of("002_record").asIrreversible(),
      MigrationDefinition.of("003_two_constructors").asIrreversible(),
      MigrationDefinition.of("004_class"));

  private Migrations() {
  }

  /**
   * Returns what is known of the migrations, in the order of execution.
   */
  public static List<MigrationDefinition> definitions() {
    return DEFINITIONS;
  }

  /**
   * Returns the migrations in the order of execution, with these needs met.
   */
  public static MigrationRegistry registry(Dependencies dependencies) {
    Objects.requireNonNull(dependencies, "dependencies");
    return MigrationRegistry.of(
        position -> create(position, dependencies),
        DEFINITIONS.toArray(MigrationDefinition[]::new))
        .withFingerprints(FINGERPRINTS);
  }

  /**
   * Returns a runner with the given options, for migrations with these needs met.
   */
  public static MigrationRunner runner(Jdbi jdbi, MigrationOptions options,
      Dependencies dependencies) {
    return MigrationRunner.create(jdbi, registry(dependencies), options);
  }

  private static JdbiMigration create(int position, Dependencies dependencies) {
    return switch (position) {
      case 0 -> new Dependent.Independent(); // 001_independent
      case 1 -> new Dependent.OfARecord(dependencies.clock(), dependencies.schemaName()); // 002_record
      case 2 -> new Dependent.TwoConstructors(); // 003_two_constructors
      case 3 -> new Dependent.OfAClass(dependencies.limits(), dependencies.clock()); // 004_class
      default -> throw new IndexOutOfBoundsException(position);
    };
  }

  /**
   * What the migrations of this module need. A method is called when a migration that asks for it
   * is created to run, and not before.
   */
  public interface Dependencies {
    /**
     * Needed by 002_record, 004_class.
     */
    Clock clock();

    /**
     * Needed by 004_class.
     */
    List<Integer> limits();

    /**
     * Needed by 002_record.
     */
    String schemaName();
  }
}
