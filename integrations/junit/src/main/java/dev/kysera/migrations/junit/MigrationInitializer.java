package dev.kysera.migrations.junit;

import static java.util.Objects.requireNonNull;

import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.testing.junit5.JdbiExtensionInitializer;

/**
 * Lets every test of JDBI's own {@code JdbiExtension} start with all migrations executed:
 *
 * <pre>{@code
 * @RegisterExtension
 * JdbiExtension db = JdbiExtension.h2().withInitializer(MigrationInitializer.of(Migrations.registry()));
 * }</pre>
 *
 * <p>Needs {@code jdbi3-testing} on the class path. Immutable and thread-safe.
 */
@SuppressWarnings("exports") // whoever names it has the module of JDBI's extension
public final class MigrationInitializer implements JdbiExtensionInitializer {

  private final MigrationRegistry registry;

  private MigrationInitializer(MigrationRegistry registry) {
    this.registry = registry;
  }

  /**
   * Returns the initializer that executes these migrations.
   *
   * @param registry the migrations
   * @return the initializer
   */
  public static MigrationInitializer of(MigrationRegistry registry) {
    return new MigrationInitializer(requireNonNull(registry, "registry"));
  }

  /**
   * Executes all pending migrations.
   *
   * @param dataSource the database of the test; not used, since the handle knows it
   * @param handle the handle that the extension keeps open
   * @throws MigrationException if a migration fails
   */
  @Override
  public void initialize(DataSource dataSource, Handle handle) {
    MigrationRunner.create(jdbi(handle), registry).up();
  }

  /** The Jdbi of the extension, with its plugins, wherever a second connection sees the tables. */
  private static Jdbi jdbi(Handle handle) {
    try {
      DatabaseMetaData database = handle.getConnection().getMetaData();
      return database.getURL().startsWith("jdbc:sqlite::memory:")
          ? Jdbi.create(handle.getConnection())
          : handle.getJdbi();
    } catch (SQLException e) {
      throw new MigrationException("The database of the test does not tell its URL.", e);
    }
  }
}
