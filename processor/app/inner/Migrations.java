package app.inner;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.annotation.GeneratedRegistry;
import javax.annotation.processing.Generated;
import org.jdbi.v3.core.Jdbi;

/**
 * The only migration of this module.
 */
@Generated("dev.kysera.migrations.processor.MigrationProcessor")
@GeneratedRegistry
public final class Migrations {
  private static final String FINGERPRINTS = """
      001_n - -
      """;

  private static final MigrationRegistry REGISTRY = MigrationRegistry.of(
      Migrations::create,
      MigrationDefinition.of("001_n").asIrreversible())
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
      case 0 -> new N(); // 001_n
      default -> throw new IndexOutOfBoundsException(position);
    };
  }
}
