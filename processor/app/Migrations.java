package app;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.annotation.GeneratedRegistry;
import javax.annotation.processing.Generated;
import org.jdbi.v3.core.Jdbi;

/**
 * All 2 migrations of this module, in the order in which they are executed.
 */
@Generated("dev.kysera.migrations.processor.MigrationProcessor")
@GeneratedRegistry
public final class Migrations {
  private static final String FINGERPRINTS = """
      001_a 1:824a4fe3041011f95df8829ce161dec6db91dab303ebd21da415d223b1691f5b -
      002_b 1:1ce31d0879d45f5f2a712e52f12a367c803aa1a812ee852522969c740c30ddb3 -
      """;

  private static final MigrationRegistry REGISTRY = MigrationRegistry.of(
      Migrations::create,
      MigrationDefinition.of("001_a").asIrreversible(),
      MigrationDefinition.of("002_b").asIrreversible())
      .withFingerprints(FINGERPRINTS);

  private Migrations() {
  }

  /**
   * Returns the migrations in the order of execution.
   */
  public static MigrationRegistry registry() {
    return REGISTRY;
  }

  /**
   * Returns a runner with the default options.
   */
  public static MigrationRunner runner(Jdbi jdbi) {
    return runner(jdbi, MigrationOptions.defaults());
  }

  /**
   * Returns a runner with the given options.
   */
  public static MigrationRunner runner(Jdbi jdbi, MigrationOptions options) {
    return MigrationRunner.create(jdbi, REGISTRY, options);
  }

  private static JdbiMigration create(int position) {
    return switch (position) {
      case 0 -> new A(); // 001_a
      case 1 -> new B(); // 002_b
      default -> throw new IndexOutOfBoundsException(position);
    };
  }
}
