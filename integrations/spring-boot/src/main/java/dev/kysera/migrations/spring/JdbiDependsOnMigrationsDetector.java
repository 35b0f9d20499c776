package dev.kysera.migrations.spring;

import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDependsOnDatabaseInitializationDetector;

/** Tells Boot that a Jdbi needs the database, as it knows of a JdbcTemplate. */
final class JdbiDependsOnMigrationsDetector
    extends AbstractBeansOfTypeDependsOnDatabaseInitializationDetector {

  @Override
  protected Set<Class<?>> getDependsOnDatabaseInitializationBeanTypes() {
    return Set.of(Jdbi.class);
  }
}
