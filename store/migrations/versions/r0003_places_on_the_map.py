"""Places of villages as PostGIS points, so that QGIS opens the record itself.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_VN2000_LAO_CAI = (
    "+proj=tmerc +lat_0=0 +lon_0=104.75 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 "
    "+towgs84=-191.90441429,-39.30318279,-111.45032835,-0.00928836,0.01975479,-0.00427372,"
    "0.252906278 +units=m +no_defs"
)
"""EPSG:9208, which Debian's PostGIS lacks."""

_VN2000_LAO_CAI_WKT = (
    'PROJCS["VN-2000 / TM-3 104-45",GEOGCS["VN-2000",DATUM["Vietnam_2000",'
    'SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4756"]],'
    'PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],'
    'PARAMETER["central_meridian",104.75],PARAMETER["scale_factor",0.9999],'
    'PARAMETER["false_easting",500000],PARAMETER["false_northing",0],'
    'UNIT["metre",1],AUTHORITY["EPSG","9208"]]'
)


def upgrade() -> None:
    """Add a point to every village and a view of the newest of each."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    op.execute(
        sa.text(
            "INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid, srtext, proj4text) "
            "VALUES (9208, 'EPSG', 9208, :wkt, :proj) ON CONFLICT (srid) DO NOTHING"
        ).bindparams(wkt=_VN2000_LAO_CAI_WKT, proj=_VN2000_LAO_CAI)
    )
    op.execute(
        "ALTER TABLE village ADD COLUMN place geometry(Point, 4326) "
        "GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED"
    )
    op.execute("CREATE INDEX village_by_place ON village USING gist (place)")
    op.execute(
        "CREATE VIEW village_now AS SELECT DISTINCT ON (register, village_id) "
        "register, village_id, name, kind, place FROM village "
        "ORDER BY register, village_id, event DESC, row DESC"
    )
