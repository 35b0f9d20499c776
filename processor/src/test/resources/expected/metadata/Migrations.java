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
  private static final String FINGERPRINTS = """
      001_defaults_written_out 1:d4299a4fce090f05c463f25e1f6ed58bda30f0ed9549b2f62983714f9e982171 1:bcc226ff5823172cae2522a8cb41e9814a4b001861ed2a13605065544cd00cf3
      002_short 1:a20a649a3c27a6e6a3b6bf12c8ec1c72e31ed9218d6fd70f3aaff3a049e93b52 -
      20260131_all 1:8f5bf86daf2221907f63046727372676011ad3d2fa445eadf452a25e913b5d67 -
      """;

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
          .asIrreversible())
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
      case 0 -> new Metadata.Defaults(); // 001_defaults_written_out
      case 1 -> new Metadata.Short(); // 002_short
      case 2 -> new Metadata.All(); // 20260131_all
      default -> throw new IndexOutOfBoundsException(position);
    };
  }
}
