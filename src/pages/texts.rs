//! Texts with their links and pictures, as a page shows them, and the picture that stands for the page.

use super::vantage::Vantage;
use super::view::SharePictureView;
use crate::content::markdown::{Body, Frame};
use crate::pictures::share;
use crate::site::links::Destination;
use crate::site::url;

impl Vantage<'_> {
    /// The HTML of a text of `file`, its links as this page writes them.
    pub fn html(&self, file: &str, body: &Body) -> String {
        let resolve = |link: usize| match self.targets.resolve(file, &body.links()[link].target) {
            Destination::External(url) => Some(url),
            Destination::Here(fragment) => Some(format!("#{}", url::encode(&fragment))),
            Destination::Internal(address, None) => Some(self.url(&address)),
            Destination::Internal(address, Some(fragment)) => {
                Some(format!("{}#{}", self.url(&address), url::encode(&fragment)))
            }
            Destination::Nowhere => None,
        };
        body.html(resolve, |link| self.frame(file, &body.links()[link].target))
    }

    /// How this page shows the picture that a text of `file` names as `target`.
    fn frame(&self, file: &str, target: &str) -> Frame {
        match self.targets.resolve(file, target) {
            Destination::Internal(address, _) => self.pictures.frame(&address, |copy| self.url(copy)),
            _ => Frame::default(),
        }
    }

    /// The picture that stands for this page where it is shared.
    pub fn share_picture(&self) -> Option<SharePictureView> {
        let edition = &self.site.edition;
        let page = format!("{}{}", edition.texts, edition.of_main(self.address));
        let (address, alt) = self.pictures.share.as_ref()?.of_page(&page);
        Some(SharePictureView {
            url: self.site.absolute(address),
            width: share::WIDTH,
            height: share::HEIGHT,
            alt,
        })
    }
}
