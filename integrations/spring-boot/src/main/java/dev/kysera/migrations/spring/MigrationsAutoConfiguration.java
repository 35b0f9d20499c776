package dev.kysera.migrations.spring;

import dev.kysera.migrations.MigrationListener;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Migrates with each {@link MigrationRunnerFactory} of the application. Boot 4 has data sources and
 * health in other packages than Boot 3.
 */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
    })
@ConditionalOnBean(MigrationRunnerFactory.class)
@EnableConfigurationProperties(MigrationsProperties.class)
class MigrationsAutoConfiguration {

  @Bean
  DatabaseMigrations kyseraDatabaseMigrations(
      ConfigurableListableBeanFactory beans,
      Map<String, MigrationRunnerFactory> factories,
      ObjectProvider<MigrationOptions> options,
      ObjectProvider<MigrationListener> listeners,
      MigrationsProperties properties) {
    MigrationOptions chosen =
        properties.over(
            options.getIfAvailable(MigrationOptions::defaults), listeners.orderedStream().toList());
    DataSources dataSources = new DataSources(beans);
    Map<String, MigrationRunner> runners = new LinkedHashMap<>();
    factories.forEach(
        (name, factory) ->
            runners.put(name, factory.create(Jdbi.create(dataSources.of(name)), chosen)));
    return new DatabaseMigrations(runners, properties);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterRegistry.class)
  static class Meters {

    @Bean
    MigrationMeters kyseraMigrationMeters(ObjectProvider<MeterRegistry> registry) {
      return new MigrationMeters(registry);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
  static class Endpoints {

    @Bean
    @ConditionalOnAvailableEndpoint
    MigrationsEndpoint kyseraMigrationsEndpoint(DatabaseMigrations migrations) {
      return new MigrationsEndpoint(migrations);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
  @ConditionalOnProperty(
      name = "management.health.migrations.enabled",
      havingValue = "true",
      matchIfMissing = true)
  static class HealthOfBoot3 {

    @Bean
    MigrationsHealthOfBoot3 migrationsHealthIndicator(DatabaseMigrations migrations) {
      return new MigrationsHealthOfBoot3(migrations);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
  @ConditionalOnProperty(
      name = "management.health.migrations.enabled",
      havingValue = "true",
      matchIfMissing = true)
  static class HealthOfBoot4 {

    @Bean
    MigrationsHealthOfBoot4 migrationsHealthIndicator(DatabaseMigrations migrations) {
      return new MigrationsHealthOfBoot4(migrations);
    }
  }
}
