package dev.kysera.migrations.benchmarks.contestants;

import java.io.File;
import java.net.URI;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.ibatis.migration.DataSourceConnectionProvider;
import org.apache.ibatis.migration.FileMigrationLoader;
import org.apache.ibatis.migration.operations.DownOperation;
import org.apache.ibatis.migration.operations.StatusOperation;
import org.apache.ibatis.migration.operations.UpOperation;
import org.apache.ibatis.migration.options.DatabaseOperationOption;

/** MyBatis Migrations with SQL scripts in a folder, the default settings, and no output. */
public final class MyBatis implements Contestant {

  @Override
  public void up(DataSource dataSource) {
    new UpOperation().operate(connections(dataSource), scripts(), settings(), null);
  }

  @Override
  public void down(DataSource dataSource, int steps) {
    new DownOperation(steps).operate(connections(dataSource), scripts(), settings(), null);
  }

  @Override
  public void status(DataSource dataSource) {
    new StatusOperation().operate(connections(dataSource), scripts(), settings(), null);
  }

  private static DataSourceConnectionProvider connections(DataSource dataSource) {
    return new DataSourceConnectionProvider(dataSource);
  }

  private static DatabaseOperationOption settings() {
    return new DatabaseOperationOption();
  }

  private static FileMigrationLoader scripts() {
    URI folder = URI.create(String.valueOf(MyBatis.class.getClassLoader().getResource("bench")));
    return new FileMigrationLoader(new File(folder), "UTF-8", new Properties());
  }
}
