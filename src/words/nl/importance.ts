import type { OfCatalog } from '../contract.ts';

/** Why an endpoint is as important as it is, in Dutch: what the bundled catalog says in English. */
export const importance: OfCatalog = {
  'No longer in use: nothing of a supported version breaks without it.':
    'Niet meer in gebruik: niets van een ondersteunde versie gaat stuk zonder dit adres.',
  'The page lists it without marking it optional; enrolment or management of devices stops without it.':
    'De pagina noemt het zonder het facultatief te noemen; zonder dit adres stopt de inschrijving of het beheer van apparaten.',
  'Marked as required, yet a certificate names the addresses it needs by itself, and cached answers bridge an outage for days.':
    'Als vereist aangemerkt, maar een certificaat noemt zelf de adressen die het nodig heeft, en bewaarde antwoorden overbruggen een storing van dagen.',
  'Needed for the purpose that the notes name, not for running jobs.':
    'Nodig voor het doel dat de notities noemen, niet voor het uitvoeren van taken.',
  'Needed where revocation is checked, and cached answers bridge an outage for days.':
    'Nodig waar intrekking wordt gecontroleerd; bewaarde antwoorden overbruggen een storing van dagen.',
  'One of several regional addresses; a tenant uses those of its own region.':
    'Een van meerdere regionale adressen; een tenant gebruikt die van zijn eigen regio.',
  'Takes uploads of error reports; updates are offered and installed without it.':
    'Ontvangt foutrapporten; updates worden ook zonder dit adres aangeboden en geïnstalleerd.',
  'Without it the cache does not fill and clients fall back to the CDN.':
    'Zonder dit adres raakt de cache niet gevuld en vallen clients terug op het CDN.',
  'The gateway keeps its content, state and keys here.': 'De gateway bewaart hier zijn inhoud, status en sleutels.',
  'Named in a list of TCP checks, not in a list of requirements.':
    'Genoemd in een lijst met TCP-controles, niet in een lijst met vereisten.',
  'Store apps are found, licensed or installed through this address.':
    'Store-apps worden via dit adres gevonden, gelicentieerd of geïnstalleerd.',
  'Software update points of the hierarchy synchronize with each other here.':
    'Software-updatepunten van de hiërarchie synchroniseren hier met elkaar.',
  'Signing in to Azure from the console needs this page and its parts.':
    'Aanmelden bij Azure vanuit de console vraagt om deze pagina en haar onderdelen.',
  'Internet clients reach the gateway and its content here.':
    'Internetclients bereiken hier de gateway en zijn inhoud.',
  'From version 2603 clients with Microsoft Entra tokens are refused if the management point cannot validate them.':
    'Vanaf versie 2603 worden clients met Microsoft Entra-tokens geweigerd als het beheerpunt die niet kan valideren.',
  'The servicing data and content of the feature come from here; without it the feature has nothing to show.':
    'De onderhoudsgegevens en inhoud van de functie komen hiervandaan; zonder dit adres heeft de functie niets te tonen.',
  'Scripts and Win32 apps are downloaded from here.': 'Scripts en Win32-apps worden hier gedownload.',
  'Only reading the endpoint lists needs it.': 'Alleen het lezen van de lijsten met eindpunten heeft het nodig.',
  'One of several regional addresses; a device uses that of its own region.':
    'Een van meerdere regionale adressen; een apparaat gebruikt dat van zijn eigen regio.',
  'Needed when a server is connected or disconnected, and not in between.':
    'Nodig wanneer een server wordt verbonden of losgekoppeld, en daartussen niet.',
  'Needed at installation time only.': 'Alleen nodig tijdens de installatie.',
  'With two or more instances the channel runs over these ports, one an instance.':
    'Met twee of meer instanties loopt het kanaal over deze poorten, één per instantie.',
  'Update content is downloaded from these names.': 'Inhoud van updates wordt van deze namen gedownload.',
  'Update content is downloaded from here.': 'Inhoud van updates wordt hier gedownload.',
  'The gateway and the notification service of tenant attach are here.':
    'De gateway en de meldingsservice van tenantkoppeling staan hier.',
  'The document states no purpose; the update itself is offered and downloaded without it.':
    'Het document noemt geen doel; de update zelf wordt zonder dit adres aangeboden en gedownload.',
  'The connection point builds its channel to the gateway here; without it no internet client is served.':
    'Het verbindingspunt bouwt hier zijn kanaal naar de gateway; zonder dit adres wordt geen internetclient bediend.',
  'Synchronization asks sws.update.microsoft.com today; these older addresses are listed beside it.':
    'Synchronisatie vraagt tegenwoordig sws.update.microsoft.com; deze oudere adressen staan ernaast.',
  'Only the documentation node of the console needs it.':
    'Alleen het documentatieknooppunt van de console heeft het nodig.',
  'No client asks for these names; only firewalls that match on resolved names see them.':
    'Geen client vraagt naar deze namen; alleen firewalls die op opgeloste namen vergelijken zien ze.',
  'Needed for extended security updates only.': 'Alleen nodig voor uitgebreide beveiligingsupdates.',
  'Needed for SSH and Windows Admin Center only.': 'Alleen nodig voor SSH en Windows Admin Center.',
  'Every call of the feature to Azure goes to this address.':
    'Elke aanroep van de functie naar Azure gaat naar dit adres.',
  'Clients that authenticate with Microsoft Entra get their token here.':
    'Clients die zich met Microsoft Entra verifiëren halen hier hun token.',
  'A cloud management gateway is deployed and monitored through this address.':
    'Een cloudbeheergateway wordt via dit adres uitgerold en bewaakt.',
  'Update content of Microsoft 365 Apps comes from here.':
    'Inhoud van updates van Microsoft 365-apps komt hiervandaan.',
  'The update manifest link leads through a host of this domain, and the payload comes from one.':
    'De koppeling naar het updatemanifest loopt via een host van dit domein, en de lading komt ervandaan.',
  'The update manifest is found through a forward link of this host; without it no update is offered.':
    'Het updatemanifest wordt gevonden via een doorverwijzing van deze host; zonder dit adres wordt geen update aangeboden.',
  'The update manifest is downloaded from here; without it no update is offered.':
    'Het updatemanifest wordt hier gedownload; zonder dit adres wordt geen update aangeboden.',
  'The support article on failing downloads tests this host first: content of an update comes from it.':
    'Het ondersteuningsartikel over mislukte downloads test deze host eerst: inhoud van een update komt ervandaan.',
  'The service locator: the role learns from it which gateway to use.':
    'De servicezoeker: de rol leert hier welke gateway te gebruiken.',
  'The service locator of tenant attach and links of other features stand behind it.':
    'De servicezoeker van tenantkoppeling en koppelingen van andere functies staan erachter.',
  'The service behind it ended for Configuration Manager in 2022.':
    'De dienst erachter eindigde voor Configuration Manager in 2022.',
  'The release list is found through this link.': 'De lijst met releases wordt via deze koppeling gevonden.',
  'The release list comes from here; without it no version can be chosen.':
    'De lijst met releases komt hiervandaan; zonder dit adres kan geen versie worden gekozen.',
  'The payload of an update is downloaded from here.': 'De lading van een update wordt hier gedownload.',
  'The older WSUS address, which is to be shut down; sws.update.microsoft.com replaces it.':
    'Het oudere WSUS-adres, dat wordt afgesloten; sws.update.microsoft.com vervangt het.',
  'The names of the files of an update come from here; without them it cannot be downloaded.':
    'De namen van de bestanden van een update komen hiervandaan; zonder die kan ze niet worden gedownload.',
  'The name is most likely a slip of the page.': 'De naam is hoogstwaarschijnlijk een vergissing van de pagina.',
  'The file list of an update is found through this forward link.':
    'De bestandslijst van een update wordt via deze doorverwijzing gevonden.',
  'The content of the deployment is downloaded from here.': 'De inhoud van de implementatie wordt hier gedownload.',
  'The connected computer uploads usage data and downloads updates through these hosts.':
    'De verbonden computer verstuurt gebruiksgegevens en downloadt updates via deze hosts.',
  'Takes diagnostic data of the connector; devices are uploaded and actions arrive without it.':
    'Ontvangt diagnostische gegevens van de connector; apparaten worden zonder dit adres geüpload en acties komen aan.',
  'Synchronization runs over HTTPS; the plain HTTP form is listed beside it.':
    'Synchronisatie loopt over HTTPS; de vorm met gewone HTTP staat ernaast.',
  'Synchronization asks sws.update.microsoft.com; without it no update metadata arrives.':
    'Synchronisatie vraagt sws.update.microsoft.com; zonder dit adres komen geen metagegevens van updates aan.',
  'Synchronization asks sws.update.microsoft.com today; this older address is listed beside it.':
    'Synchronisatie vraagt tegenwoordig sws.update.microsoft.com; dit oudere adres staat ernaast.',
  'Serves a readiness dashboard whose support ended.':
    'Dient een gereedheidsdashboard waarvan de ondersteuning is beëindigd.',
  'Reported not to answer anywhere; nothing is known to break.':
    'Gemeld als nergens antwoordend; niets is bekend dat erdoor stukgaat.',
  'Replaced the wildcard for the storage that holds update content; named twice in the section.':
    'Verving het jokerteken voor de opslag met inhoud van updates; twee keer genoemd in de paragraaf.',
  'Only sending feedback from the console needs it.':
    'Alleen het sturen van feedback vanuit de console heeft het nodig.',
  'Only peers are coordinated here; content still comes from the distribution point or the CDN.':
    'Hier worden alleen peers gecoördineerd; inhoud komt nog steeds van het distributiepunt of het CDN.',
  'Only notices of the vendor in the console come from here.':
    'Alleen berichten van de leverancier in de console komen hiervandaan.',
  'Only making a new configuration in the console needs it.':
    'Alleen het maken van een nieuwe configuratie in de console heeft het nodig.',
  'Notifications are handed to the logic app at this address and nowhere else.':
    'Meldingen worden op dit adres aan de logische app gegeven en nergens anders.',
  'Needed for Windows Admin Center only.': 'Alleen nodig voor Windows Admin Center.',
  'Microsoft Entra user and group discovery asks this address and nothing else.':
    'De detectie van gebruikers en groepen van Microsoft Entra vraagt alleen dit adres.',
  'From March 2025 the payload moves to configmgrbits.cdn.manage.microsoft.com, which decides.':
    'Vanaf maart 2025 verhuist de lading naar configmgrbits.cdn.manage.microsoft.com, dat beslist.',
  'Every update download of the role starts at a forward link of this host.':
    'Elke updatedownload van de rol begint bij een doorverwijzing van deze host.',
  'Devices upload the data of the feature to this domain.':
    'Apparaten uploaden de gegevens van de functie naar dit domein.',
  'Collections and devices are synchronized through this domain.':
    'Verzamelingen en apparaten worden via dit domein gesynchroniseerd.',
  'Azure AD Graph, the service behind it, is retired; the page still lists it.':
    'Azure AD Graph, de dienst erachter, is uit bedrijf; de pagina noemt het nog.',
  'Automatic root update; needed where a chain ends in a root that the machine lacks.':
    'Automatische update van basiscertificaten; nodig waar een keten eindigt in een basis die de machine niet heeft.',
  'A remote service connection point reads and writes the site database.':
    'Een extern serviceverbindingspunt leest en schrijft de sitedatabase.',
};
