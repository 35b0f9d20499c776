package formatted;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

@Migration("017_other_line_ends")
public class OtherLineEnds implements JdbiMigration {
	/** Text. */
	@Override
	public void up(Handle handle) {
		handle.execute("""
			select 1
			  from t  

			where a = 1 \
			and b = 2
			""");
		// comment
		int a = 1,
		    b[] = { 2,
		            3 };
	}
}
