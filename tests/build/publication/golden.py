"""References as the manual and its site have them, one for each kind of work.

Each example: kind, title, citation data, what else the front matter says, and the reference.
"""

from tests.build.publication.references import Data, people

URL = "https://example.org/work"

GOLDEN: dict[str, tuple[str, str, Data | None, dict[str, str], str]] = {
    "an article in a journal": (
        "article",
        "Emotions in storybooks: A comparison of storybooks that represent ethnic and racial groups in the "
        "United States",
        {
            "type": "article-journal",
            "author": people("Grady, Jessica S.", "Her, Mai", "Moreno, Geena", "Perez, Cristina", "Yelinek, Jillian"),
            "issued": "2019",
            "container-title": "Psychology of Popular Media Culture",
            "volume": "8",
            "issue": "3",
            "page": "207-217",
            "publisher": "APA",
        },
        {"doi": "10.1037/ppm0000185"},
        "Grady, J. S., Her, M., Moreno, G., Perez, C., & Yelinek, J. (2019). Emotions in storybooks: A comparison of "
        "storybooks that represent ethnic and racial groups in the United States. *Psychology of Popular Media "
        "Culture*, *8*(3), 207–217. https://doi.org/10.1037/ppm0000185",
    ),
    "research with an article number, its title ending in a quotation": (
        "research",
        "Teaching medicine with the help of “Dr. House”",
        {
            "type": "article-journal",
            "author": people("Jerrentrup, Andreas", "Mueller, Tobias", "Schaefer, Juergen R."),
            "issued": "2018",
            "container-title": "PLoS ONE",
            "volume": "13",
            "issue": "3",
            "page": "e0193972",
        },
        {"doi": "10.1371/journal.pone.0193972"},
        "Jerrentrup, A., Mueller, T., & Schaefer, J. R. (2018). Teaching medicine with the help of “Dr. House.” "
        "*PLoS ONE*, *13*(3), Article e0193972. https://doi.org/10.1371/journal.pone.0193972",
    ),
    "a book in its second edition": (
        "book",
        "Feminist therapy",
        {
            "type": "book",
            "author": people("Brown, Laura S."),
            "issued": "2018",
            "edition": "2",
            "publisher": "American Psychological Association",
            "publisher-place": "Washington",
        },
        {"doi": "10.1037/0000092-000"},
        "Brown, L. S. (2018). *Feminist therapy* (2nd ed.). American Psychological Association. "
        "https://doi.org/10.1037/0000092-000",
    ),
    "a chapter in an edited book": (
        "chapter",
        "Home–school collaboration to promote mind–body health",
        {
            "type": "chapter",
            "author": people("Zeleke, Waganesh A.", "Hughes, Tammy L.", "Drozda, Natalie"),
            "editor": people("Maykel, Cheryl", "Bray, Melissa A."),
            "issued": "2020",
            "container-title": "Promoting mind–body health in schools: Interventions for mental health professionals",
            "page": "11-26",
            "publisher": "American Psychological Association",
        },
        {"doi": "10.1037/0000157-002"},
        "Zeleke, W. A., Hughes, T. L., & Drozda, N. (2020). Home–school collaboration to promote mind–body health. "
        "In C. Maykel & M. A. Bray (Eds.), *Promoting mind–body health in schools: Interventions for mental health "
        "professionals* (pp. 11–26). American Psychological Association. https://doi.org/10.1037/0000157-002",
    ),
    "a guideline published as a report with a number": (
        "guideline",
        "Taking time: Support for people with cancer",
        {
            "type": "report",
            "author": people("National Cancer Institute"),
            "issued": "2018",
            "genre": "NIH Publication",
            "number": "18-2059",
            "publisher": "U.S. Department of Health and Human Services, National Institutes of Health",
        },
        {"link": "https://www.cancer.gov/publications/patient-education/takingtime.pdf"},
        "National Cancer Institute. (2018). *Taking time: Support for people with cancer* (NIH Publication No. "
        "18-2059). U.S. Department of Health and Human Services, National Institutes of Health. "
        "https://www.cancer.gov/publications/patient-education/takingtime.pdf",
    ),
    "a tool that is software": (
        "tool",
        "Comprehensive meta-analysis",
        {
            "type": "software",
            "author": people("Borenstein, M.", "Hedges, L.", "Higgins, J.", "Rothstein, H."),
            "issued": "2014",
            "version": "3.3.070",
            "publisher": "Biostat",
        },
        {"link": "https://www.meta-analysis.com/"},
        "Borenstein, M., Hedges, L., Higgins, J., & Rothstein, H. (2014). *Comprehensive meta-analysis* (Version "
        "3.3.070) [Computer software]. Biostat. https://www.meta-analysis.com/",
    ),
    "a course by a teacher with a suffix": (
        "course",
        "Psychological first aid",
        {
            "type": "webpage",
            "author": [{"family": "Everly", "given": "George", "suffix": "Jr."}],
            "container-title": "Coursera",
        },
        {"link": "https://www.coursera.org/learn/psychological-first-aid"},
        "Everly, G., Jr. (n.d.). *Psychological first aid* [Online course]. Coursera. "
        "https://www.coursera.org/learn/psychological-first-aid",
    ),
    "an organisation, which has no title": (
        "organisation",
        "Samaritans",
        None,
        {"link": "https://www.samaritans.org"},
        "Samaritans. (n.d.). [Website]. https://www.samaritans.org",
    ),
    "a video": (
        "video",
        "Soft robotic gripper for jellyfish",
        {
            "type": "motion_picture",
            "author": people("Harvard University"),
            "issued": "2019-08-28",
            "publisher": "YouTube",
        },
        {"link": "https://www.youtube.com/watch?v=guRoWTYfxMs"},
        "Harvard University. (2019, August 28). *Soft robotic gripper for jellyfish* [Video]. YouTube. "
        "https://www.youtube.com/watch?v=guRoWTYfxMs",
    ),
    "a podcast that goes on": (
        "podcast",
        "Hidden brain",
        {"type": "broadcast", "author": people("Vedantam, Shankar"), "issued": "2015/..", "publisher": "NPR"},
        {"link": "https://www.npr.org/series/423302056/hidden-brain"},
        "Vedantam, S. (Host). (2015–present). *Hidden brain* [Audio podcast]. NPR. "
        "https://www.npr.org/series/423302056/hidden-brain",
    ),
    "an episode of a podcast": (
        "podcast",
        "Amusement park",
        {
            "type": "broadcast",
            "author": people("Glass, Ira"),
            "issued": "2011-08-12",
            "number": "443",
            "container-title": "This American life",
            "publisher": "WBEZ Chicago",
        },
        {"link": "https://www.thisamericanlife.org/443/amusement-park"},
        "Glass, I. (Host). (2011, August 12). Amusement park (No. 443) [Audio podcast episode]. In *This American "
        "life*. WBEZ Chicago. https://www.thisamericanlife.org/443/amusement-park",
    ),
    "a page of a house that signs as a whole": (
        "guideline",
        "The top 10 causes of death",
        {"type": "webpage", "issued": "2018-05-24", "publisher": "World Health Organization"},
        {},
        f"World Health Organization. (2018, May 24). *The top 10 causes of death*. {URL}",
    ),
    "a signed page of a site": (
        "article",
        "Be kind to yourself: How self-compassion can improve your resiliency",
        {
            "type": "webpage",
            "author": [{"family": "Martin Lillie", "given": "Charlene M."}],
            "issued": "2016-12-29",
            "container-title": "Mayo Clinic",
        },
        {},
        "Martin Lillie, C. M. (2016, December 29). *Be kind to yourself: How self-compassion can improve your "
        f"resiliency*. Mayo Clinic. {URL}",
    ),
    "an article in a magazine": (
        "article",
        "Don’t “iTune” us: It’s geeks versus writers",
        {
            "type": "article-magazine",
            "author": people("Lyons, Daniel"),
            "issued": "2009-06-15",
            "container-title": "Newsweek",
            "volume": "153",
            "issue": "24",
            "page": "27",
        },
        {},
        f"Lyons, D. (2009, June 15). Don’t “iTune” us: It’s geeks versus writers. *Newsweek*, *153*(24), 27. {URL}",
    ),
    "a post of a blog": (
        "article",
        "Physicists capture first footage of quantum knots unraveling in superfluid",
        {
            "type": "post-weblog",
            "author": people("Ouellette, Jennifer"),
            "issued": "2019-11-15",
            "container-title": "Ars Technica",
        },
        {},
        "Ouellette, J. (2019, November 15). Physicists capture first footage of quantum knots unraveling in "
        f"superfluid. *Ars Technica*. {URL}",
    ),
    "a translated book": (
        "book",
        "The psychology of the child",
        {
            "type": "book",
            "author": people("Piaget, Jean", "Inhelder, Bärbel"),
            "translator": people("Weaver, Helen"),
            "issued": "1969",
            "original-date": "1966",
            "edition": "2",
            "publisher": "Basic Books",
        },
        {},
        "Piaget, J., & Inhelder, B. (1969). *The psychology of the child* (H. Weaver, Trans.; 2nd ed.). Basic Books. "
        f"{URL} (Original work published 1966)",
    ),
    "an edited book": (
        "book",
        "Microaggression theory: Influence and implications",
        {
            "type": "book",
            "editor": people("Torino, Gina C.", "Rivera, David P.", "Sue, Derald Wing"),
            "issued": "2019",
            "publisher": "John Wiley & Sons",
        },
        {},
        "Torino, G. C., Rivera, D. P., & Sue, D. W. (Eds.). (2019). *Microaggression theory: Influence and "
        f"implications*. John Wiley & Sons. {URL}",
    ),
    "an author's book with an editor, in a series": (
        "book",
        "Conditioned reactions",
        {
            "type": "book",
            "author": people("Watson, John B.", "Rayner, Rosalie"),
            "editor": people("Byington, Sam"),
            "issued": "2013",
            "collection-title": "Classics of psychology",
            "collection-number": "7",
            "volume": "2",
            "publisher": "CreateSpace, Inc.",
        },
        {},
        "Watson, J. B., & Rayner, R. (2013). *Conditioned reactions* (S. Byington, Ed.; Vol. 2, Classics of "
        f"psychology No. 7). CreateSpace, Inc. {URL}",
    ),
    "a book nobody signed": (
        "book",
        "Merriam-Webster’s collegiate dictionary",
        {"type": "book", "issued": "2003", "edition": "11", "publisher": "Merriam-Webster"},
        {},
        f"*Merriam-Webster’s collegiate dictionary* (11th ed.). (2003). Merriam-Webster. {URL}",
    ),
    "a chapter nobody signed, on one page": (
        "chapter",
        "Ethics",
        {
            "type": "entry",
            "editor": people("Doe, Jane"),
            "container-title": "A short dictionary",
            "edition": "3",
            "volume": "1",
            "page": "9",
        },
        {},
        f"Ethics. (n.d.). In J. Doe (Ed.), *A short dictionary* (3rd ed., Vol. 1, p. 9). {URL}",
    ),
    "a dissertation": (
        "research",
        "Instructional leadership perceptions and practices of elementary school leaders",
        {
            "type": "thesis",
            "author": people("Harris, Laquanda"),
            "issued": "2014",
            "publisher": "University of Virginia",
        },
        {},
        "Harris, L. (2014). *Instructional leadership perceptions and practices of elementary school leaders* "
        f"[Doctoral dissertation, University of Virginia]. {URL}",
    ),
    "a session of a conference, over some days": (
        "research",
        "Everybody’s got a little music in them",
        {
            "type": "paper-conference",
            "author": people("Fistek, Amanda", "Jester, Edward"),
            "issued": "2017-07-12/2017-07-15",
            "genre": "Conference session",
            "event": "Autism Society National Conference",
            "publisher-place": "Milwaukee, WI, United States",
        },
        {},
        "Fistek, A., & Jester, E. (2017, July 12–15). *Everybody’s got a little music in them* [Conference session]. "
        f"Autism Society National Conference, Milwaukee, WI, United States. {URL}",
    ),
    "a standard": (
        "guideline",
        "Occupational health and safety management systems",
        {
            "type": "standard",
            "issued": "2018",
            "genre": "ISO Standard",
            "number": "45001:2018",
            "publisher": "International Organization for Standardization",
        },
        {},
        "International Organization for Standardization. (2018). *Occupational health and safety management systems* "
        f"(ISO Standard No. 45001:2018). {URL}",
    ),
    "a law": (
        "guideline",
        "Regulation (EU) 2016/679",
        {
            "type": "legislation",
            "issued": "2016",
            "container-title": "Official Journal of the European Union",
            "volume": "L 119",
            "page": "1-88",
        },
        {},
        f"Regulation (EU) 2016/679, L 119 Official Journal of the European Union 1–88 (2016). {URL}",
    ),
    "a report of several houses, one of which published it": (
        "guideline",
        "Psychological first aid: Guide for field workers",
        {
            "type": "report",
            "author": people("World Health Organization", "War Trauma Foundation", "World Vision International"),
            "issued": "2011",
            "publisher": "World Health Organization",
        },
        {},
        "World Health Organization, War Trauma Foundation, & World Vision International. (2011). *Psychological first "
        f"aid: Guide for field workers*. World Health Organization. {URL}",
    ),
    "a preprint": (
        "research",
        "Something new",
        {"type": "article", "author": people("Doe, Jane"), "issued": "2026", "publisher": "PsyArXiv"},
        {},
        f"Doe, J. (2026). *Something new*. PsyArXiv. {URL}",
    ),
    "a journal without volume, and a link to the number of its article": (
        "research",
        "Therapy by internet?",
        {
            "type": "article-journal",
            "author": people("Olthuis, Janine V."),
            "issued": "2016",
            "container-title": "Cochrane Database of Systematic Reviews",
            "issue": "3-4",
            "number": "993",
        },
        {"link": "https://doi.org/10.1002/14651858.CD011565.pub2"},
        "Olthuis, J. V. (2016). Therapy by internet? *Cochrane Database of Systematic Reviews*, (3–4), Article 993. "
        "https://doi.org/10.1002/14651858.CD011565.pub2",
    ),
    "nothing but a title": ("tool", "Zotero", None, {}, f"*Zotero*. (n.d.). {URL}"),
}
