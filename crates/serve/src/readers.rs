use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use readout::Corpus;
use readout::knowledge::Knowledge;
use tokio::sync::Semaphore;

use crate::{Result, ServeError};

/// Connections that only read, lent to one piece of work at a time: as many as there are processors, so that a crowd
/// of clients takes no more memory than a few do.
pub(crate) struct Readers {
    file: PathBuf,
    knowledge: Arc<Knowledge>,
    idle: Arc<Mutex<Vec<Corpus>>>,
    room: Semaphore,
}

impl Readers {
    pub(crate) fn open(file: PathBuf) -> Result<Self> {
        let count = thread::available_parallelism().map_or(2, usize::from).clamp(2, 8);
        let knowledge = Arc::new(Knowledge::shipped());
        let first = Corpus::reader(&file, Arc::clone(&knowledge))?;
        Ok(Self { file, knowledge, idle: Arc::new(Mutex::new(vec![first])), room: Semaphore::new(count) })
    }

    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Runs `work` on a thread that may wait, with a connection of its own.
    pub(crate) async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Corpus) -> T + Send + 'static,
    ) -> Result<T> {
        let gone = |_| ServeError::System("the server is stopping".to_owned());
        let _permit =
            self.room.acquire().await.map_err(|_| ServeError::System("the server is stopping".to_owned()))?;
        let idle = Arc::clone(&self.idle);
        let (file, knowledge) = (self.file.clone(), Arc::clone(&self.knowledge));
        tokio::task::spawn_blocking(move || {
            let free = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let corpus = match free {
                Some(corpus) => corpus,
                None => Corpus::reader(&file, knowledge)?,
            };
            let done = work(&corpus);
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(corpus);
            Ok(done)
        })
        .await
        .map_err(|_| ())
        .map_err(gone)?
    }
}
