package app.db;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.annotation.GeneratedRegistry;
import java.time.Duration;
import javax.annotation.processing.Generated;
import org.jdbi.v3.core.Jdbi;

/**
 * All 3 migrations of this module, in the order in which they are executed.
 */
@Generated("dev.kysera.migrations.processor.MigrationProcessor")
@GeneratedRegistry
@SuppressWarnings({"deprecation", "removal"})
public final class Migrations {
  private static final MigrationRegistry REGISTRY = MigrationRegistry.of(
      Migrations::create,
      MigrationDefinition.of("001_defaults_written_out"),
      MigrationDefinition.of("002_short")
          .withEstimated(Duration.ofMillis(1500))
          .asIrreversible(),
      MigrationDefinition.of("20260131_all")
          .withDescription("Everything")
          .asBreaking()
          .withEstimated(Duration.ofMillis(3000000000L))
          .asNonTransactional()
          .asRerunnable()
          .asIrreversible());

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
      case 0 -> new Metadata.Defaults(); // 001_defaults_written_out
      case 1 -> new Metadata.Short(); // 002_short
      case 2 -> new Metadata.All(); // 20260131_all
      default -> throw new IndexOutOfBoundsException(position);
    };
  }
}
