"""Given names common among children in England, and capitalised words that are no names."""

# Without those that are a month, a place or a word of council prose more often than a child.
_GIVEN_NAMES = """
    Aaliyah Aaron Abdul Abdullah Abigail Ada Adam Adele Aden Adrian Agnes Ahmed Aiden Aisha Alan
    Albert Albie Alex Alexa Alexander Alexandra Alexis Alfie Alfred Ali Alice Alisha Amber
    Amelia Amelie Amina Amira Amy Ana Anaya Andrea Andrew Angel Anna Annabel Anne Annie Anthony
    Archie Aria Ariana Arlo Arthur Arya Ava Ayaan Ayesha Aysha Bailey Barnaby Beatrice Bella Ben
    Benjamin Beth Bethany Betsy Billy Bobby Bonnie Bradley Brandon Brooke Caitlin Callum Cameron
    Cara Carl Carla Casey Cassie Chantelle Charlie Charlotte Chloe Chris Christian Christopher
    Claire Clara Cody Connor Conor Corey Courtney Daisy Dan Daniel Danielle Danny Darcey Darcy
    David Dawid Dean Declan Demi Dexter Dominic Dylan Eddie Eden Edith Edward Eleanor Elena Eli
    Elijah Elisha Eliza Elizabeth Ella Elle Ellen Ellie Elliot Elliott Elsie Emilia Emily Emma
    Eric Erin Esme Ethan Eva Evan Evelyn Evie Ezra Faith Farah Fatima Felicity Felix Finlay
    Finley Finn Fiona Florence Frances Francesca Frank Frankie Fred Freddie Frederick Freya
    Gabriel Gabriella Gary Gemma George Georgie Grace Gracie Hallie Hamza Hannah Harley Harper
    Harriet Harris Harrison Harry Harvey Hassan Hattie Heidi Helen Henry Hollie Holly Hope Hugo
    Ian Ibrahim Ife Imogen Ioan Iris Isaac Isabel Isabella Isabelle Isla Ismail Ivy Jack Jackson
    Jacob Jade Jago Jai Jake James Jamie Jan Jasmine Jason Jaxon Jay Jayden Jemima Jenna
    Jennifer Jenny Jesse Jessica Jessie Jimmy Joanna Jodie Joe Joel Joey John Jonah Jonathan
    Jordan Joseph Josh Joshua Jude Julia Kacper Kai Kaitlyn Karim Kate Katie Kayden Kayla
    Kayleigh Keira Kelly Kelsey Kian Kieran Kim Kira Kirsty Kyle Kyra Lacey Lana Lara Laura
    Lauren Layla Leah Lee Lena Leo Leon Leona Lewis Lexi Lexie Liam Libby Lilly Lily Lisa Lizzie
    Logan Lola Lottie Louie Louis Louisa Louise Luca Lucas Lucia Lucy Luis Luke Luna Lydia
    Maddie Maddison Madison Maisie Malik Marcus Margot Maria Martha Martin Mary Maryam Mason
    Matilda Matthew Max Maxwell Maya Megan Mei Melissa Mia Michael Michal Michelle Mila Miles
    Millie Milo Miriam Mohamed Mohammad Mohammed Molly Morgan Muhammad Mustafa Myles Nadia
    Natalia Natalie Natasha Nathan Nathaniel Neve Niall Niamh Nicholas Nicole Noah Nora Oakley
    Olive Oliver Olivia Ollie Omar Oscar Otis Owen Paige Patrick Paul Penelope Peter Phoebe
    Phoenix Polly Poppy Priya Quinn Rachel Ralph Rayan Rebecca Reece Reggie Reuben Rhys Ria
    Richard Riley Robbie Robert Robin Robyn Roman Ronnie Rory Rosa Rosie Rowan Roxy Ruby Rufus
    Ryan Sadie Sam Samantha Samira Samuel Sanaa Sara Sarah Scarlett Scott Sean Sebastian Selena
    Seren Seth Shane Shannon Shaun Shay Sienna Simon Skye Skyla Sofia Sonny Sophia Sophie
    Stanley Stefan Stella Stephanie Stephen Steven Stuart Syeda Szymon Tamara Tanya Tariq Tayla
    Taylor Teddy Theo Theodore Theresa Thomas Tia Tiana Tilly Timothy Toby Tom Tommy Tony
    Tristan Tyler Tyrone Valentina Vincent Violet Wiktoria William Willow Xander Yasmin Youssef
    Yusuf Zac Zach Zachary Zahra Zainab Zak Zara Zoe Zofia Zoya Zuzanna
"""

_NOT_NAMES = """
    A About Above Across Adolescents Adults After Age Aged All Almost An And Another Any Anyone
    April Are As At August Babies Baby Before Being Between Both Boys Brothers But By Care
    Carers Child Children Children’s Cohort Council Councils December Department Each Early
    Eight Every Everyone Families Family February Few Five For Foster Four From Girls Government
    Group Groups He Her His Homes Hub Hubs If In Infants Is Its January July June Key Learners
    Leavers Looked Many March May Members Men Most Mothers Nine No None November October Of
    Ofsted Old On One Others Our Over Panel Parents Parliament Partnership People Persons Plan
    Population Primary Programme Project Pupil Pupils Reception Residents School Schools
    Secondary Section September Service Services Seven She Siblings Sisters Six Some Somebody
    Someone Stage Strategy Students Support Team Teenagers Ten That The Their Them These They
    This Those Three To Toddlers Twelve Twins Two Under Unit Was We Were Where Who With Women
    Year Years Young Youngsters Youth
"""

GIVEN_NAMES = frozenset(_GIVEN_NAMES.split())
NOT_NAMES = frozenset(_NOT_NAMES.split())
