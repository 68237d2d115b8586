# Terrain (elevation files, slope, line of sight) and the choice of sites for masts.

error-masts-unreached = { $count } villages are reached from no site, whatever the radius: { $villages }. Add candidate sites near them, or leave them out of the target.
error-masts-out-of-radius = { $count } villages lie beyond the radius of every site: { $villages }. A radius of at least { $radius_km } km is needed, or candidate sites nearer to them.
error-masts-refused = { $count } villages can only be reached from sites that are refused or cannot be built: { $villages }. Allow one of those sites again.
error-masts-locked-forbidden = { $count } sites are kept and at the same time refused or impossible (numbers { $sites }). Take back one of the two.
error-masts-locked-count = The sites kept are { $least } by themselves, more than the { $limit } masts allowed. Allow at least { $least }, or keep fewer sites.
error-masts-locked-budget = The sites kept cost { NUMBER($least) } VND by themselves, more than the budget of { NUMBER($limit) } VND. Raise the budget to that, or keep fewer sites.
error-masts-certificate = The plan of masts did not pass its independent check ({ $broken }), so it is not shown. Please report this to the developers.
