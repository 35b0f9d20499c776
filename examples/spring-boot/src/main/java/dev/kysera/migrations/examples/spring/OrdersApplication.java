package dev.kysera.migrations.examples.spring;

import dev.kysera.migrations.spring.MigrationRunnerFactory;
import java.time.Clock;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** An application whose tables are there before anything that needs them. */
@SpringBootApplication(proxyBeanMethods = false)
public class OrdersApplication {

  public static void main(String[] args) {
    SpringApplication.run(OrdersApplication.class, args);
  }

  /** Migrations get what they need when they are created, and not before. */
  @Bean
  MigrationRunnerFactory migrations(ObjectProvider<Clock> clock) {
    return (jdbi, options) -> Migrations.runner(jdbi, options, clock::getObject);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /** The application's own Jdbi, behind the migrations. */
  @Bean
  Jdbi jdbi(DataSource dataSource) {
    return Jdbi.create(dataSource);
  }
}
