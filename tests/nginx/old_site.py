"""What any older system was asked for, whatever of it came over: nginx and the service answer alike."""

FEED, TALK, SITEMAP = "/feeds/articles.atom", "/feeds/comments.atom", "/sitemap.xml"
LEADS = {
    "/rss": FEED,
    "/rss/": FEED,
    "/atom.xml": FEED,
    "/feed": FEED,
    "/feed/rss2/": FEED,
    "/wp-rss2.php": FEED,
    "/?feed=rss2": FEED,
    "/?feed=comments-rss2": TALK,
    "/wp-sitemap.xml": SITEMAP,
    "/wp-sitemap-posts-post-1.xml": SITEMAP,
    "/sitemap_index.xml": SITEMAP,
    "/post-sitemap2.xml": SITEMAP,
    "/?m=201905": "/archive/#y2019",
    "/?utm_source=x&M=2019": "/archive/#y2019",
}
# One text or list that never came: to show the front page instead would be to say nothing.
NOWHERE = ("/?p=999", "/?page_id=999&preview=true", "/?cat=999", "/?author=999", "/?tag=never-used", "/?TAG=Never")
# No such question: the front page minds none of them.
FRONT = ("/?p=17x", "/?xp=17", "/?p=", "/?P%3D17", "/?m=1", "/?m=2019051", "/?utm_source=letter", "/?tag=a!")
