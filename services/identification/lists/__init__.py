"""Lists (名单): what meetings, publicities, reviews, comparisons and announcements have in common."""
